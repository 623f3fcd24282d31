"""1,000 random single-byte changes to stored records, triggers dropped: each found. Blocks deleted or reordered: found.

python -m benchmarks.bytes [TIMES]
"""

import random
import sys

from benchmarks.ground import ground


def main(times: int) -> None:
    """Change a byte, verify, change it back."""
    with ground() as home:
        from django.conf import settings
        from django.db import IntegrityError, connection
        from tests.ledger.test_verify import _one_byte_changed

        from lingting.cli.demo import SHOWN
        from lingting.cli.import_ import bring_in
        from lingting.ledger import triggers, verify
        from lingting.ledger.models import Block, Entry

        settings.LINGTING = {**settings.LINGTING, "ADDRESSES": ("qizhou.example",)}
        bring_in([SHOWN], listen=True)
        heads = home / "heads.log"

        def found() -> bool:
            return next(verify.broken_entries(), None) is not None or next(verify.broken_blocks(heads=heads), None) is not None

        assert not found()
        chance = random.Random(3)
        tables = [model for model in (*triggers.record_tables(), Entry, Block) if model._default_manager.exists()]
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA foreign_keys=OFF")  # whoever tampers would not ask
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            done = missed = 0
            while done < times:
                model = chance.choice(tables)
                table, field = model._meta.db_table, chance.choice([field for field in model._meta.concrete_fields if not field.primary_key])
                key = model._meta.pk.column
                number = chance.choice(list(model._default_manager.values_list("pk", flat=True)))
                cursor.execute(f'SELECT "{field.column}" FROM {table} WHERE "{key}" = %s', [number])
                value = cursor.fetchone()[0]
                changed = _one_byte_changed(value, chance)
                if changed is None:
                    continue
                try:
                    cursor.execute(f'UPDATE {table} SET "{field.column}" = %s WHERE "{key}" = %s', [changed, number])
                except IntegrityError:  # the database itself refuses what would be there twice
                    continue
                if not found():
                    missed += 1
                    print(f"missed: {table}.{field.column} {value!r} -> {changed!r}")
                cursor.execute(f'UPDATE {table} SET "{field.column}" = %s WHERE "{key}" = %s', [value, number])
                done += 1
        assert not found()
        print(f"{done} single-byte changes, {done - missed} found")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
