"""The commands, one file each; `judge.cli` finds them by module name."""
