import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("conversations", "0008_what_counting_needs"),
    ]

    operations = [
        migrations.CreateModel(
            name="InWork",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("key", models.CharField(max_length=40, unique=True)),
                ("at", models.DateTimeField()),
                ("queue", models.CharField(default="", max_length=60)),
                ("words", models.TextField(default="{}")),
                ("help", models.TextField(default="")),
                ("help_at", models.DateTimeField(null=True)),
            ],
        ),
    ]
