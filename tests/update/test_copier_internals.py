"""Two habits of Copier that updates rest on, each by itself. See docs/decisions/0001-updates.md.

When one of these fails after a Copier release, the sentence behind the assertion says what to do.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import copier
import pytest
from projects import git

PROBE = """
from jinja2 import pass_context
from jinja2.ext import Extension
from pathlib import Path

LOG = Path(r"{log}")


class Probe(Extension):
    def __init__(self, environment):
        super().__init__(environment)
        environment.globals["saw"] = self.saw

    @pass_context
    def saw(self, context, moment):
        place = str(context["_copier_conf"]["dst_path"])
        with LOG.open("a") as log:
            log.write(f"{{moment}}|{{context['_copier_phase']}}|{{place}}\\n")
        return ""
"""

SETTINGS = """
_templates_suffix: .jinja
_jinja_extensions: [copier_template_extensions.TemplateExtensionLoader, "probe.py:Probe"]
_exclude: ["copier.yml", "probe.py", ".git", "{{ saw('exclude') }}"]
_skip_if_exists: ["{{ saw('skip') }}"]
name: {type: str, default: a}
"""


@pytest.fixture
def seen(tmp_path: Path) -> list[list[str]]:
    """What a small template sees during one `copier update`: moment, phase, folder."""
    template, log = tmp_path / "template", tmp_path / "log"
    template.mkdir()
    (template / "probe.py").write_text(PROBE.format(log=log))
    (template / "copier.yml").write_text(SETTINGS)
    (template / "file.txt.jinja").write_text("{{ name }}\n")
    answers = "{{ _copier_answers | to_nice_yaml }}"
    (template / "{{ _copier_conf.answers_file }}.jinja").write_text(answers)
    git(template, "init", "-q")
    git(template, "add", "-A")
    git(template, "commit", "-qm", "v1")
    git(template, "tag", "v1.0.0")
    project = tmp_path / "project"
    options: dict[str, Any] = {"defaults": True, "unsafe": True, "quiet": True}
    copier.run_copy(str(template), project, **options)
    git(project, "init", "-q")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "plan")
    (project / "file.txt").write_text("a\nwritten by a person\n")
    git(project, "commit", "-qam", "work")
    log.unlink()
    copier.run_update(project, data={"name": "b"}, overwrite=True, **options)
    return [line.split("|") for line in log.read_text().splitlines()]


def test_replays_run_in_folders_with_known_names(seen: list[list[str]]) -> None:
    places = list(dict.fromkeys(place for moment, _, place in seen if moment == "exclude"))
    assert len(places) == 3
    assert "copier._main.old_copy." in places[0], "change REPLAYS in extensions/hosting/run.py"
    assert "copier._main." not in places[1], "the second rendering should be the project itself"
    assert "copier._main.new_copy." in places[2], "change REPLAYS in extensions/hosting/run.py"


def test_people_s_changes_are_applied_outside_every_phase(seen: list[list[str]]) -> None:
    phases = [phase for moment, phase, _ in seen if moment == "skip"]
    assert phases == ["render", "undefined"], "`shielded` of hosting/updated.py tells them apart"
