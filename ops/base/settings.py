"""The one settings object. Every value can be set by an environment variable `SANGAM_<NAME>`.

Addresses that are not set come from `$SANGAM_HOME/stack.json`, which `sangam up` writes for the stack that it
started; so a user points the product at his own cluster with three variables, and nothing local is needed.

Promises: reading the settings has no side effect, and an address that nobody gave is reported with what
to do.
"""

import json
from pathlib import Path
from typing import Any, Literal

from pydantic import Field
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from ops.base.errors import UserError

STACK_FILE = "stack.json"


class NotConfigured(UserError):
    """An address is needed that neither the environment nor a running stack gives. The text says what to
    do.
    """


class _StackFile(PydanticBaseSettingsSource):
    """What the local stack wrote about itself; weaker than the environment, stronger than the defaults."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        return None, field_name, False

    def __call__(self) -> dict[str, Any]:
        home = Path(self.current_state.get("home") or Settings.model_fields["home"].default)
        try:
            written = json.loads((home / STACK_FILE).read_text())
        except (FileNotFoundError, NotADirectoryError):
            return {}
        names = ("kafka", "publish_kafka", "registry", "database")
        return {name: written[name] for name in names if name in written}


class Settings(BaseSettings):
    """Where things are and how processes speak. `Settings()` reads them now; keyword arguments win over
    all.
    """

    model_config = SettingsConfigDict(env_prefix="SANGAM_", frozen=True, extra="ignore")

    home: Path = Field(
        default=Path(".sangam"), description="folder of the local stack: data, logs, addresses"
    )
    cache: Path = Field(
        default=Path("~/.cache/sangam"),
        description="folder of fetched parts, shared by all stacks of this user",
    )
    kafka: str | None = Field(
        default=None,
        description="brokers: host:port[,host:port], with sign-in scram://user:password@host:port, with TLS scrams://…",
    )
    publish_kafka: str | None = Field(
        default=None, description="the same, as whom departments' events are published; default: as the hub"
    )
    registry: str | None = Field(default=None, description="URL of a Confluent-compatible schema registry")
    database: str | None = Field(default=None, description="postgresql:// URL")
    api_host: str = Field(default="127.0.0.1", description="address that the API listens on")
    api_port: int = Field(default=8321, ge=0, le=65535, description="port of the API; 0 takes a free one")
    url: str | None = Field(
        default=None, description="address under which people reach the web: https, or loopback (default)"
    )
    issuer: str | None = Field(
        default=None, description="OpenID Connect issuer; default: the development issuer of SANGAM_HOME"
    )
    audience: str = Field(default="sangam", description="audience that a token must name")
    client_id: str = Field(default="sangam-web", description="as whom the web signs people in at the issuer")
    client_secret: str = Field(default="", description="the web's secret at the issuer", repr=False)
    receipts: bool = Field(
        default=True, description="tell the departments on hub.receipts what became of each event"
    )
    log_format: Literal["auto", "json", "console"] = Field(
        default="auto", description="auto: console on a terminal, else one JSON object a line"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, _StackFile(settings_cls)

    def require_kafka(self) -> str:
        """Bootstrap servers. Raises NotConfigured."""
        return self._required("kafka")

    def require_publish_kafka(self) -> str:
        """Brokers as those who publish reach them. Raises NotConfigured."""
        return self.publish_kafka or self.require_kafka()

    def require_registry(self) -> str:
        """URL of the schema registry. Raises NotConfigured."""
        return self._required("registry")

    def require_database(self) -> str:
        """postgresql:// URL. Raises NotConfigured."""
        return self._required("database")

    def _required(self, name: Literal["kafka", "registry", "database"]) -> str:
        value: str | None = getattr(self, name)
        if value is None:
            raise NotConfigured(
                f"no address of the {name} is known: run `sangam up`, or set SANGAM_{name.upper()} "
                f"(looked in {self.home / STACK_FILE})"
            )
        return value
