from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conversations", "0006_judgements"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="found",
            name="conversatio_norm_ab0610_idx",
        ),
        migrations.AddIndex(
            model_name="found",
            index=models.Index(fields=["norm", "at", "norm_version", "instrument", "kind"], name="found_told"),
        ),
        migrations.AddIndex(
            model_name="found",
            index=models.Index(fields=["kind", "severity", "at", "conversation"], name="found_grave"),
        ),
    ]
