"""Python runs this at its start where the folder is in PYTHONPATH: processes of a test take its profile over."""

from tests.lake_profile import install

install()
