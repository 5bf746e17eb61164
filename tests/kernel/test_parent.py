"""A process that is begun by one that ends meanwhile does nothing any more."""

import os
import subprocess
import sys

import pytest

BEGUN = "import sys; from monitor.kernel.parent import die_with_parent; die_with_parent(int(sys.argv[1])); print('on')"


@pytest.mark.parametrize(("mine", "said"), [(True, "on\n"), (False, "")])
def test_it_goes_on_only_for_the_one_that_began_it(mine: bool, said: str) -> None:
    argv = [sys.executable, "-c", BEGUN, str(os.getpid() if mine else 1)]
    done = subprocess.run(argv, check=False, capture_output=True, text=True, timeout=60)
    assert done.stdout == said
    assert (done.returncode == 0) == bool(said)
