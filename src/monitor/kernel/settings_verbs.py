"""`config`: the verb core and periphery share: show the settings, write them, print or install a systemd unit."""

import argparse
import sys
from pathlib import Path
from typing import Any

from msgspec import Struct

from monitor.kernel.settings_file import settings_text, write_settings
from monitor.kernel.settings_flags import add_settings, settings_from
from monitor.kernel.unit_file import Service, install, unit_text

_HELP = "Print a complete, commented settings file; or write it, show what is in force, or set up systemd."


class ConfigVerb(Struct, frozen=True, kw_only=True):
    """One room's `config`."""

    title: str
    settings: type[Any]
    prefix: str
    service: Service
    groups: tuple[str, ...] = ()
    """Groups its system user needs."""

    def add_to(self, commands: Any) -> None:
        """Declare it."""
        parser = commands.add_parser("config", help=_HELP, description=_HELP)
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--show", action="store_true", help="Every setting in force and where it comes from.")
        what.add_argument("--write", type=Path, metavar="FILE", help="Write the file, readable by its owner only.")
        what.add_argument("--systemd", action="store_true", help="Print a hardened systemd unit.")
        parser.add_argument("--install", action="store_true", help="With --systemd: install unit, user and settings.")
        parser.add_argument("--force", action="store_true", help="Replace what is there.")
        add_settings(parser, self.settings, self.prefix)
        parser.set_defaults(run=self.run)

    def run(self, args: argparse.Namespace) -> int:
        """Do what the flags say; 0."""
        loaded = settings_from(args, self.settings, self.prefix)
        text = settings_text(self.title, loaded)
        if args.show:
            for shown in loaded.show():
                sys.stdout.write(f"{shown.name} = {shown.value}  # {shown.source}\n")
        elif args.write:
            write_settings(args.write, text, force=args.force)
            sys.stdout.write(f"wrote {args.write}\n")
        elif args.systemd:
            sys.stdout.write(self._install(text, force=args.force) if args.install else unit_text(self.service))
        else:
            sys.stdout.write(text)
        return 0

    def _install(self, text: str, *, force: bool) -> str:
        path = install(self.service, groups=self.groups, force=force)
        kept = self.service.config.exists()
        if not kept:
            write_settings(self.service.config, text, force=False)
        settings = f"{'kept' if kept else 'wrote'} {self.service.config}"
        return f"wrote {path}, {settings}\nstart it: systemctl enable --now {self.service.name}\n"
