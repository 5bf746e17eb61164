"""Hosts as they were recorded: what /proc and /sys of several kernels hold, as folders to be read."""

from pathlib import Path

ID = "4dd178a01021df2784de2d4e094a83df6a5adfb05997ee8cc60dc1a77ed5b10f"
OTHER = "86bf2612c218786a5175e5e9f6b534b0597949567f02e2b96c8a34bfc150c69b"

STAT = """\
cpu  2827875 107046 695257 2035447 10550 0 9973 5181 700 30
cpu0 1380368 53179 339034 1065870 2490 0 2369 2648 0 0
cpu1 1447506 53867 356223 969576 8059 0 7604 2532 700 30
intr 48316541 0 9
ctxt 95126212
btime 1790300000
"""
OLD_STAT = "cpu  100 0 50 800\ncpu0 100 0 50 800\n"
"""Of a kernel that counts neither waiting nor stealing."""

MEMINFO = """\
MemTotal:       16384000 kB
MemFree:         4096000 kB
MemAvailable:   12000000 kB
Buffers:          102400 kB
Cached:          6144000 kB
SwapCached:         1024 kB
SwapTotal:       2097152 kB
SwapFree:        1048576 kB
Shmem:            204800 kB
SReclaimable:     512000 kB
"""
NO_SWAP = (
    "MemTotal:       1024 kB\nMemFree:         512 kB\nBuffers: 0 kB\nCached: 128 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n"
)
LXC_MEMINFO = "MemTotal:        2097152 kB\nMemFree:         1048576 kB\nCached:           524288 kB\n"
"""lxcfs shows a container its own limit, and leaves lines out."""

ARCSTATS = """\
13 1 0x01 147 39984 5106000000 82000000000
name                            type data
hits                            4    123456
c_min                           4    536870912
c_max                           4    8589934592
size                            4    4294967296
"""

NET_DEV = """\
Inter-|   Receive                                     |  Transmit
 face |bytes    packets errs drop fifo frame multicast|bytes packets errs drop fifo colls carrier compressed
    lo: 21574883954 3863108 0 0 0 0 0 0 21574883954 3863108 0 0 0 0 0 0
  eth0: 6022382384  256413 0 0 0 0 0 0 17341647  165488 0 0 0 0 0 0
eth0.10:1000 1 0 0 0 0 0 0 2000 1 0 0 0 0 0 0
docker0: 1801010    1628 0 0 0 0 0 0 138526    1723 0 1 0 0 0 0
vethbb87b88:       0       0 0 0 0 0 0 0 90       1 0 0 0 0 0 0
"""
DISKSTATS = """\
   7       0 loop0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
 254       0 vda 783193 59262 19974522 1026858 4877044 3051365 130344896 1870238 0 490408 3225348 2195057 1900 78201960
 254       1 vda1 783193 59262 19974522 1026858 4877044 3051365 130344896 1870238 0 490408 3225348
 253       0 zram0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
"""
PRESSURE = (
    "some avg10=11.24 avg60=11.48 avg300=8.59 total=13006981717\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n"
)


def write(folder: Path, files: dict[str, str]) -> Path:
    """Files by their path below the folder."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return folder


def first_version(sys: Path, id: str, *, cpu: int = 20_744_678) -> None:
    """A container's control groups of version 1, with the driver cgroupfs."""
    root = sys / "fs/cgroup"
    write(
        root,
        {
            f"cpuacct/docker/{id}/cpuacct.usage": f"{cpu}\n",
            f"memory/docker/{id}/memory.usage_in_bytes": "1048576\n",
            f"memory/docker/{id}/memory.stat": "inactive_file 5\ntotal_cache 99\ntotal_inactive_file 12288\n",
            f"memory/docker/{id}/cgroup.procs": "32631\n32684\n",
            f"blkio/docker/{id}/blkio.throttle.io_service_bytes": (
                "254:0 Read 4096\n254:0 Write 8192\n254:0 Sync 12288\n254:0 Total 12288\n253:0 Read 100\nTotal 12388\n"
            ),
            f"pids/docker/{id}/pids.current": "2\n",
        },
    )


def second_version(sys: Path, id: str, *, scope: bool = True) -> None:
    """The same of version 2, with systemd's driver or with cgroupfs."""
    place = f"system.slice/docker-{id}.scope" if scope else f"docker/{id}"
    write(
        sys / "fs/cgroup",
        {
            "cgroup.controllers": "cpuset cpu io memory hugetlb pids rdma misc\n",
            f"{place}/cpu.stat": "usage_usec 20744\nuser_usec 15000\nsystem_usec 5744\n",
            f"{place}/memory.current": "1048576\n",
            f"{place}/memory.stat": "anon 100\nfile 200\ninactive_file 12288\n",
            f"{place}/io.stat": "254:0 rbytes=4096 wbytes=8192 rios=1 dios=0\n253:0 rbytes=100 wbytes=0\n",
            f"{place}/pids.current": "2\n",
            f"{place}/cgroup.procs": "32631\n",
        },
    )
