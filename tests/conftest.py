"""What all tests share: hypothesis looks for wrong answers, never for slow ones, which a busy machine gives anybody."""

from hypothesis import settings

settings.register_profile("monitor", deadline=None)
settings.load_profile("monitor")
