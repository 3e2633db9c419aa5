
CREATE TABLE public.block (
    generation bigint NOT NULL,
    view text NOT NULL COLLATE pg_catalog."C",
    measure text NOT NULL COLLATE pg_catalog."C",
    chunk bigint NOT NULL,
    companies bigint NOT NULL,
    told bigint NOT NULL,
    states bytea NOT NULL,
    lows bytea NOT NULL,
    wide bytea NOT NULL,
    highs bytea NOT NULL
);

CREATE TABLE public.company (
    generation bigint NOT NULL,
    slug text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    aliases text NOT NULL COLLATE pg_catalog."C",
    formerly text NOT NULL COLLATE pg_catalog."C",
    identifiers text NOT NULL COLLATE pg_catalog."C",
    filed text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.current_generation (
    name text NOT NULL COLLATE pg_catalog."C",
    generation bigint NOT NULL
);

CREATE TABLE public.extent (
    generation bigint NOT NULL,
    currency text NOT NULL COLLATE pg_catalog."C",
    measure text NOT NULL COLLATE pg_catalog."C",
    stating bigint NOT NULL,
    "least" bigint NOT NULL,
    "greatest" bigint NOT NULL,
    low bigint NOT NULL,
    high bigint NOT NULL
);

CREATE TABLE public.facet_block (
    generation bigint NOT NULL,
    facet text NOT NULL COLLATE pg_catalog."C",
    chunk bigint NOT NULL,
    places bytea NOT NULL,
    codes bytea NOT NULL
);

CREATE TABLE public.facet_value (
    generation bigint NOT NULL,
    facet text NOT NULL COLLATE pg_catalog."C",
    code bigint NOT NULL,
    value text NOT NULL COLLATE pg_catalog."C",
    companies bigint NOT NULL
);

CREATE TABLE public.figure (
    generation bigint NOT NULL,
    slug text NOT NULL COLLATE pg_catalog."C",
    measure text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    low bigint,
    high bigint,
    low_open boolean NOT NULL,
    high_open boolean NOT NULL,
    currency text COLLATE pg_catalog."C",
    period text COLLATE pg_catalog."C",
    period_end text COLLATE pg_catalog."C",
    published text COLLATE pg_catalog."C",
    as_stated text COLLATE pg_catalog."C",
    source text COLLATE pg_catalog."C",
    citations text NOT NULL COLLATE pg_catalog."C",
    derivation text COLLATE pg_catalog."C",
    note text COLLATE pg_catalog."C"
);

CREATE TABLE public.former_slug (
    generation bigint NOT NULL,
    slug text NOT NULL COLLATE pg_catalog."C",
    old text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.generation (
    generation bigint NOT NULL,
    digest text NOT NULL COLLATE pg_catalog."C",
    loaded_at text NOT NULL COLLATE pg_catalog."C",
    title text NOT NULL COLLATE pg_catalog."C",
    description text NOT NULL COLLATE pg_catalog."C",
    classification text NOT NULL COLLATE pg_catalog."C",
    currency text NOT NULL COLLATE pg_catalog."C",
    offered text NOT NULL COLLATE pg_catalog."C",
    prefer text NOT NULL COLLATE pg_catalog."C",
    companies bigint NOT NULL,
    figures bigint NOT NULL
);

CREATE TABLE public.measure (
    generation bigint NOT NULL,
    key text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    label text NOT NULL COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    unit text NOT NULL COLLATE pg_catalog."C",
    help text NOT NULL COLLATE pg_catalog."C",
    words text NOT NULL COLLATE pg_catalog."C",
    listed boolean NOT NULL,
    signed boolean NOT NULL,
    beside text COLLATE pg_catalog."C"
);

CREATE TABLE public.ranked (
    generation bigint NOT NULL,
    view text NOT NULL COLLATE pg_catalog."C",
    measure text NOT NULL COLLATE pg_catalog."C",
    chunk bigint NOT NULL,
    last bigint NOT NULL,
    last_place bigint NOT NULL,
    lows bytea NOT NULL,
    places bytea NOT NULL
);

CREATE TABLE public.ranking (
    generation bigint NOT NULL,
    view text NOT NULL COLLATE pg_catalog."C",
    measure text NOT NULL COLLATE pg_catalog."C",
    stating bigint NOT NULL,
    "least" bigint,
    "greatest" bigint NOT NULL,
    states bytea NOT NULL,
    lows bytea NOT NULL,
    highs bytea NOT NULL
);

CREATE TABLE public.rate (
    generation bigint NOT NULL,
    "position" bigint NOT NULL,
    base text NOT NULL COLLATE pg_catalog."C",
    quote text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    period text NOT NULL COLLATE pg_catalog."C",
    period_end text NOT NULL COLLATE pg_catalog."C",
    yearly boolean NOT NULL,
    source text NOT NULL COLLATE pg_catalog."C",
    locator text COLLATE pg_catalog."C"
);

CREATE TABLE public.remark (
    generation bigint NOT NULL,
    "position" bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.source (
    generation bigint NOT NULL,
    id text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    title text NOT NULL COLLATE pg_catalog."C",
    author text COLLATE pg_catalog."C",
    kind text COLLATE pg_catalog."C",
    published text COLLATE pg_catalog."C",
    url text COLLATE pg_catalog."C",
    places text NOT NULL COLLATE pg_catalog."C",
    figures bigint NOT NULL,
    companies bigint NOT NULL
);

CREATE TABLE public.sourcebook_schema (
    version text NOT NULL COLLATE pg_catalog."C"
);

CREATE TABLE public.statement (
    generation bigint NOT NULL,
    slug text NOT NULL COLLATE pg_catalog."C",
    "position" bigint NOT NULL,
    about text NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL COLLATE pg_catalog."C",
    claim boolean NOT NULL,
    source text COLLATE pg_catalog."C",
    locator text COLLATE pg_catalog."C"
);

CREATE TABLE public.text_block (
    generation bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    chunk bigint NOT NULL,
    first text NOT NULL COLLATE pg_catalog."C",
    last text NOT NULL COLLATE pg_catalog."C",
    start bigint NOT NULL,
    counts bytea NOT NULL,
    places bytea NOT NULL,
    texts text NOT NULL COLLATE pg_catalog."C"
);

INSERT INTO public.block VALUES (2, '', '=reported', 0, 2, 1, '\x0300', '\x', '\x', '\x');
INSERT INTO public.block VALUES (2, '', 'revenue', 0, 2, 1, '\x9b20', '\x005cb2ec220000000000000000000000', '\x0000', '\x0000000000000000');
INSERT INTO public.block VALUES (2, '', 'employees', 0, 2, 1, '\x0320', '\x5a000000', '\x', '\x');
INSERT INTO public.block VALUES (2, '', 'revenue_per_employee', 0, 2, 1, '\x9c20', '\xab50576300000000', '\x0000', '\x0000000000000000');
INSERT INTO public.block VALUES (2, '', 'rd_staff', 0, 2, 0, '\x', '\x', '\x', '\x');
INSERT INTO public.block VALUES (2, '', 'rd_share_staff', 0, 2, 0, '\x', '\x', '\x', '\x');
INSERT INTO public.block VALUES (2, '', 'rd_share_revenue', 0, 2, 0, '\x', '\x', '\x', '\x');
INSERT INTO public.block VALUES (2, '', 'countries', 0, 2, 0, '\x', '\x', '\x', '\x');
INSERT INTO public.block VALUES (2, '', 'founded', 0, 2, 0, '\x', '\x', '\x', '\x');
INSERT INTO public.block VALUES (2, '2015', '=reported', 0, 2, 1, '\x0300', '\x', '\x', '\x');
INSERT INTO public.block VALUES (2, '2015', 'revenue', 0, 2, 1, '\x9b20', '\x005cb2ec220000000000000000000000', '\x0000', '\x0000000000000000');
INSERT INTO public.block VALUES (2, '2015', 'employees', 0, 2, 0, '\x', '\x', '\x', '\x');
INSERT INTO public.block VALUES (2, '2015', 'revenue_per_employee', 0, 2, 0, '\x', '\x', '\x', '\x');
INSERT INTO public.block VALUES (2, '2015', 'rd_staff', 0, 2, 0, '\x', '\x', '\x', '\x');
INSERT INTO public.block VALUES (2, '2015', 'rd_share_staff', 0, 2, 0, '\x', '\x', '\x', '\x');
INSERT INTO public.block VALUES (2, '2015', 'rd_share_revenue', 0, 2, 0, '\x', '\x', '\x', '\x');
INSERT INTO public.block VALUES (2, '2015', 'countries', 0, 2, 0, '\x', '\x', '\x', '\x');
INSERT INTO public.block VALUES (2, '2015', 'founded', 0, 2, 0, '\x', '\x', '\x', '\x');
INSERT INTO public.block VALUES (2, '', '=name', 0, 2, 2, '\x0303', '\x00000200', '\x', '\x');
INSERT INTO public.block VALUES (3, '', '=reported', 0, 2, 1, '\x0300', '\x', '\x', '\x');
INSERT INTO public.block VALUES (3, '', 'revenue', 0, 2, 1, '\x9b20', '\x005cb2ec220000000000000000000000', '\x0000', '\x0000000000000000');
INSERT INTO public.block VALUES (3, '', 'employees', 0, 2, 1, '\x0320', '\x5a000000', '\x', '\x');
INSERT INTO public.block VALUES (3, '', 'revenue_per_employee', 0, 2, 1, '\x9c20', '\xab50576300000000', '\x0000', '\x0000000000000000');
INSERT INTO public.block VALUES (3, '', 'rd_staff', 0, 2, 0, '\x', '\x', '\x', '\x');
INSERT INTO public.block VALUES (3, '', 'rd_share_staff', 0, 2, 0, '\x', '\x', '\x', '\x');
INSERT INTO public.block VALUES (3, '', 'rd_share_revenue', 0, 2, 0, '\x', '\x', '\x', '\x');
INSERT INTO public.block VALUES (3, '', 'countries', 0, 2, 0, '\x', '\x', '\x', '\x');
INSERT INTO public.block VALUES (3, '', 'founded', 0, 2, 0, '\x', '\x', '\x', '\x');
INSERT INTO public.block VALUES (3, '2015', '=reported', 0, 2, 1, '\x0300', '\x', '\x', '\x');
INSERT INTO public.block VALUES (3, '2015', 'revenue', 0, 2, 1, '\x9b20', '\x005cb2ec220000000000000000000000', '\x0000', '\x0000000000000000');
INSERT INTO public.block VALUES (3, '2015', 'employees', 0, 2, 0, '\x', '\x', '\x', '\x');
INSERT INTO public.block VALUES (3, '2015', 'revenue_per_employee', 0, 2, 0, '\x', '\x', '\x', '\x');
INSERT INTO public.block VALUES (3, '2015', 'rd_staff', 0, 2, 0, '\x', '\x', '\x', '\x');
INSERT INTO public.block VALUES (3, '2015', 'rd_share_staff', 0, 2, 0, '\x', '\x', '\x', '\x');
INSERT INTO public.block VALUES (3, '2015', 'rd_share_revenue', 0, 2, 0, '\x', '\x', '\x', '\x');
INSERT INTO public.block VALUES (3, '2015', 'countries', 0, 2, 0, '\x', '\x', '\x', '\x');
INSERT INTO public.block VALUES (3, '2015', 'founded', 0, 2, 0, '\x', '\x', '\x', '\x');
INSERT INTO public.block VALUES (3, '', '=name', 0, 2, 2, '\x0303', '\x00000200', '\x', '\x');

INSERT INTO public.company VALUES (2, 'alder', 'Alder', '[]', '[]', '[]', '{"industry":["pumps"],"country":["Norway"]}');
INSERT INTO public.company VALUES (2, 'birch', 'Birch', '[]', '["old-birch"]', '[]', '{}');
INSERT INTO public.company VALUES (3, 'alder', 'Alder', '[]', '[]', '[]', '{"industry":["pumps"],"country":["Norway"]}');
INSERT INTO public.company VALUES (3, 'birch', 'Birch', '[]', '["old-birch"]', '[]', '{}');

INSERT INTO public.current_generation VALUES ('current', 3);

INSERT INTO public.extent VALUES (2, '', 'revenue', 2, 150000000000, 150000000000, 150000000000, 150000000000);
INSERT INTO public.extent VALUES (2, '', 'employees', 1, 90, 90, 90, 90);
INSERT INTO public.extent VALUES (2, '', 'revenue_per_employee', 1, 1666666667, 1666666667, 1666666667, 1666666667);
INSERT INTO public.extent VALUES (3, '', 'revenue', 2, 150000000000, 150000000000, 150000000000, 150000000000);
INSERT INTO public.extent VALUES (3, '', 'employees', 1, 90, 90, 90, 90);
INSERT INTO public.extent VALUES (3, '', 'revenue_per_employee', 1, 1666666667, 1666666667, 1666666667, 1666666667);

INSERT INTO public.facet_block VALUES (2, 'industry', 0, '\x00000000', '\x00000000');
INSERT INTO public.facet_block VALUES (2, 'country', 0, '\x00000000', '\x00000000');
INSERT INTO public.facet_block VALUES (2, '=source', 0, '\x00000000', '\x00000000');
INSERT INTO public.facet_block VALUES (3, 'industry', 0, '\x00000000', '\x00000000');
INSERT INTO public.facet_block VALUES (3, 'country', 0, '\x00000000', '\x00000000');
INSERT INTO public.facet_block VALUES (3, '=source', 0, '\x00000000', '\x00000000');

INSERT INTO public.facet_value VALUES (2, 'industry', 0, 'pumps', 1);
INSERT INTO public.facet_value VALUES (2, 'country', 0, 'Norway', 1);
INSERT INTO public.facet_value VALUES (2, '=source', 0, 'gazette', 1);
INSERT INTO public.facet_value VALUES (3, 'industry', 0, 'pumps', 1);
INSERT INTO public.facet_value VALUES (3, 'country', 0, 'Norway', 1);
INSERT INTO public.facet_value VALUES (3, '=source', 0, 'gazette', 1);

INSERT INTO public.figure VALUES (2, 'alder', 'revenue', 0, 'stated', 150000000000, NULL, true, true, 'USD', '2015', '2015-12-31', '2016-11-21', 'more than $1.5B', 'gazette', '[]', NULL, NULL);
INSERT INTO public.figure VALUES (2, 'alder', 'employees', 0, 'stated', 90, 90, false, false, NULL, NULL, NULL, '2016-11-21', '90', 'gazette', '[]', NULL, NULL);
INSERT INTO public.figure VALUES (2, 'alder', 'revenue_per_employee', 0, 'derived', 1666666667, NULL, true, true, 'USD', NULL, NULL, '2016-11-21', NULL, 'gazette', '[]', 'Revenue ÷ Employees: 2015 revenue (more than $1.5B) over undated employees (90)', NULL);
INSERT INTO public.figure VALUES (3, 'alder', 'revenue', 0, 'stated', 150000000000, NULL, true, true, 'USD', '2015', '2015-12-31', '2016-11-21', 'more than $1.5B', 'gazette', '[]', NULL, NULL);
INSERT INTO public.figure VALUES (3, 'alder', 'employees', 0, 'stated', 90, 90, false, false, NULL, NULL, NULL, '2016-11-21', '90', 'gazette', '[]', NULL, NULL);
INSERT INTO public.figure VALUES (3, 'alder', 'revenue_per_employee', 0, 'derived', 1666666667, NULL, true, true, 'USD', NULL, NULL, '2016-11-21', NULL, 'gazette', '[]', 'Revenue ÷ Employees: 2015 revenue (more than $1.5B) over undated employees (90)', NULL);

INSERT INTO public.former_slug VALUES (2, 'birch', 'old-birch');
INSERT INTO public.former_slug VALUES (3, 'birch', 'old-birch');

INSERT INTO public.generation VALUES (2, '81bba2627ae9f0c5465bb4f5a4be2ffa7972e037e0da9fe7eabe79bd725f6aad', '2026-12-01T14:34:48+00:00', 'Two companies', '', '', 'USD', '', '[]', 2, 3);
INSERT INTO public.generation VALUES (3, '81bba2627ae9f0c5465bb4f5a4be2ffa7972e037e0da9fe7eabe79bd725f6aad', '2026-12-01T14:34:54+00:00', 'Two companies', '', '', 'USD', '', '[]', 2, 3);

INSERT INTO public.ranked VALUES (2, '', 'revenue', 0, 150000000000, 4294967296, '\x005cb2ec22000000', '\x0000000001000000');
INSERT INTO public.ranked VALUES (2, '', 'employees', 0, 90, 0, '\x5a00000000000000', '\x0000000000000000');
INSERT INTO public.ranked VALUES (2, '', 'revenue_per_employee', 0, 1666666667, 4294967296, '\xab50576300000000', '\x0000000001000000');
INSERT INTO public.ranked VALUES (3, '', 'revenue', 0, 150000000000, 4294967296, '\x005cb2ec22000000', '\x0000000001000000');
INSERT INTO public.ranked VALUES (3, '', 'employees', 0, 90, 0, '\x5a00000000000000', '\x0000000000000000');
INSERT INTO public.ranked VALUES (3, '', 'revenue_per_employee', 0, 1666666667, 4294967296, '\xab50576300000000', '\x0000000001000000');

INSERT INTO public.ranking VALUES (2, '', 'revenue', 1, 150000000000, 150000000000, '\x9b', '\x005cb2ec22000000', '\x0000000000000000');
INSERT INTO public.ranking VALUES (2, '', 'employees', 1, 90, 90, '\x', '\x', '\x');
INSERT INTO public.ranking VALUES (2, '', 'revenue_per_employee', 1, 1666666667, 1666666667, '\x9c', '\xab50576300000000', '\x0000000000000000');
INSERT INTO public.ranking VALUES (3, '', 'revenue', 1, 150000000000, 150000000000, '\x9b', '\x005cb2ec22000000', '\x0000000000000000');
INSERT INTO public.ranking VALUES (3, '', 'employees', 1, 90, 90, '\x', '\x', '\x');
INSERT INTO public.ranking VALUES (3, '', 'revenue_per_employee', 1, 1666666667, 1666666667, '\x9c', '\xab50576300000000', '\x0000000000000000');

INSERT INTO public.source VALUES (2, 'gazette', 0, 'The Gazette', NULL, NULL, '2016-11-21', 'https://gazette.example/1', '[]', 3, 1);
INSERT INTO public.source VALUES (3, 'gazette', 0, 'The Gazette', NULL, NULL, '2016-11-21', 'https://gazette.example/1', '[]', 3, 1);

INSERT INTO public.sourcebook_schema VALUES ('5860f3dd585e7805');

INSERT INTO public.text_block VALUES (2, 'slug', 0, 'alder', 'birch', 0, '\x', '\x', 'alder
birch');
INSERT INTO public.text_block VALUES (2, 'name', 0, 'alder', 'birch', 0, '\x', '\x', 'alder
birch');
INSERT INTO public.text_block VALUES (2, 'term', 0, 'alder', 'birch', 0, '\x0100000001000000', '\x0000000001000000', 'alder
birch');
INSERT INTO public.text_block VALUES (3, 'slug', 0, 'alder', 'birch', 0, '\x', '\x', 'alder
birch');
INSERT INTO public.text_block VALUES (3, 'name', 0, 'alder', 'birch', 0, '\x', '\x', 'alder
birch');
INSERT INTO public.text_block VALUES (3, 'term', 0, 'alder', 'birch', 0, '\x0100000001000000', '\x0000000001000000', 'alder
birch');

ALTER TABLE ONLY public.block
    ADD CONSTRAINT block_pkey PRIMARY KEY (generation, view, measure, chunk);

ALTER TABLE ONLY public.company
    ADD CONSTRAINT company_pkey PRIMARY KEY (generation, slug);

ALTER TABLE ONLY public.current_generation
    ADD CONSTRAINT current_generation_pkey PRIMARY KEY (name);

ALTER TABLE ONLY public.extent
    ADD CONSTRAINT extent_pkey PRIMARY KEY (generation, currency, measure);

ALTER TABLE ONLY public.facet_block
    ADD CONSTRAINT facet_block_pkey PRIMARY KEY (generation, facet, chunk);

ALTER TABLE ONLY public.facet_value
    ADD CONSTRAINT facet_value_pkey PRIMARY KEY (generation, facet, code);

ALTER TABLE ONLY public.figure
    ADD CONSTRAINT figure_pkey PRIMARY KEY (generation, slug, measure, "position");

ALTER TABLE ONLY public.former_slug
    ADD CONSTRAINT former_slug_pkey PRIMARY KEY (generation, slug, old);

ALTER TABLE ONLY public.generation
    ADD CONSTRAINT generation_pkey PRIMARY KEY (generation);

ALTER TABLE ONLY public.measure
    ADD CONSTRAINT measure_pkey PRIMARY KEY (generation, key);

ALTER TABLE ONLY public.ranked
    ADD CONSTRAINT ranked_pkey PRIMARY KEY (generation, view, measure, chunk);

ALTER TABLE ONLY public.ranking
    ADD CONSTRAINT ranking_pkey PRIMARY KEY (generation, view, measure);

ALTER TABLE ONLY public.rate
    ADD CONSTRAINT rate_pkey PRIMARY KEY (generation, "position");

ALTER TABLE ONLY public.remark
    ADD CONSTRAINT remark_pkey PRIMARY KEY (generation, "position");

ALTER TABLE ONLY public.source
    ADD CONSTRAINT source_pkey PRIMARY KEY (generation, id);

ALTER TABLE ONLY public.sourcebook_schema
    ADD CONSTRAINT sourcebook_schema_pkey PRIMARY KEY (version);

ALTER TABLE ONLY public.statement
    ADD CONSTRAINT statement_pkey PRIMARY KEY (generation, slug, "position");

ALTER TABLE ONLY public.text_block
    ADD CONSTRAINT text_block_pkey PRIMARY KEY (generation, kind, chunk);

CREATE INDEX former_slug_old ON public.former_slug USING btree (generation, old);

CREATE INDEX ranked_last ON public.ranked USING btree (generation, view, measure, last, last_place);

CREATE INDEX text_block_last ON public.text_block USING btree (generation, kind, last, first, chunk);

