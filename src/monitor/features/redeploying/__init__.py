"""Redeploying: after a build, the deployments that ask for its new version get it."""
