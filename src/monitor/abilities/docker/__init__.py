"""A thin client of the Docker Engine API over its socket; what every ability that touches Docker stands on."""
