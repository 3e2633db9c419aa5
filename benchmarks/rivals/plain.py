"""The six rows as most would print them: a sync route of FastAPI, SQLAlchemy and Jinja.

`python -m benchmarks.rivals.plain PORT DATABASE`
"""

import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from fastapi.templating import Jinja2Templates
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(DeclarativeBase):
    """The tables."""


class Company(Base):
    """A company, its figures as stated."""

    __tablename__ = "companies"
    slug: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    industries: Mapped[str | None]
    revenue: Mapped[str | None]
    employees: Mapped[str | None]
    rd_staff: Mapped[str | None]
    countries: Mapped[str | None]
    founded: Mapped[str | None]


COLUMNS = tuple(column.name for column in Company.__table__.columns)


def plain(database: Path) -> FastAPI:
    """The application for a database of six rows."""
    app, engine = FastAPI(), create_engine(f"sqlite:///{database}")
    templates = Jinja2Templates(Path(__file__).parent)

    def show(request: Request) -> HTMLResponse:
        with Session(engine) as session:
            companies = session.scalars(select(Company).order_by(Company.name)).all()
            view = {"companies": companies, "columns": COLUMNS}
            return templates.TemplateResponse(request, "plain.html", view)

    app.add_api_route("/", show, response_class=HTMLResponse)
    return app


def main() -> None:
    """Serve it, without a log of who asked."""
    port, database = sys.argv[1:]
    uvicorn.run(plain(Path(database)), host="127.0.0.1", port=int(port), access_log=False)


if __name__ == "__main__":
    main()
