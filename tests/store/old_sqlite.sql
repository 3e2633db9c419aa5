BEGIN TRANSACTION;
CREATE TABLE block (
	generation BIGINT NOT NULL, 
	"view" TEXT NOT NULL, 
	measure TEXT NOT NULL, 
	chunk BIGINT NOT NULL, 
	companies BIGINT NOT NULL, 
	told BIGINT NOT NULL, 
	states BLOB NOT NULL, 
	lows BLOB NOT NULL, 
	wide BLOB NOT NULL, 
	highs BLOB NOT NULL, 
	PRIMARY KEY (generation, "view", measure, chunk)
);
INSERT INTO "block" VALUES(2,'','=reported',0,2,1,X'0300',X'',X'',X'');
INSERT INTO "block" VALUES(2,'','revenue',0,2,1,X'9B20',X'005CB2EC220000000000000000000000',X'0000',X'0000000000000000');
INSERT INTO "block" VALUES(2,'','employees',0,2,1,X'0320',X'5A000000',X'',X'');
INSERT INTO "block" VALUES(2,'','revenue_per_employee',0,2,1,X'9C20',X'AB50576300000000',X'0000',X'0000000000000000');
INSERT INTO "block" VALUES(2,'','rd_staff',0,2,0,X'',X'',X'',X'');
INSERT INTO "block" VALUES(2,'','rd_share_staff',0,2,0,X'',X'',X'',X'');
INSERT INTO "block" VALUES(2,'','rd_share_revenue',0,2,0,X'',X'',X'',X'');
INSERT INTO "block" VALUES(2,'','countries',0,2,0,X'',X'',X'',X'');
INSERT INTO "block" VALUES(2,'','founded',0,2,0,X'',X'',X'',X'');
INSERT INTO "block" VALUES(2,'2015','=reported',0,2,1,X'0300',X'',X'',X'');
INSERT INTO "block" VALUES(2,'2015','revenue',0,2,1,X'9B20',X'005CB2EC220000000000000000000000',X'0000',X'0000000000000000');
INSERT INTO "block" VALUES(2,'2015','employees',0,2,0,X'',X'',X'',X'');
INSERT INTO "block" VALUES(2,'2015','revenue_per_employee',0,2,0,X'',X'',X'',X'');
INSERT INTO "block" VALUES(2,'2015','rd_staff',0,2,0,X'',X'',X'',X'');
INSERT INTO "block" VALUES(2,'2015','rd_share_staff',0,2,0,X'',X'',X'',X'');
INSERT INTO "block" VALUES(2,'2015','rd_share_revenue',0,2,0,X'',X'',X'',X'');
INSERT INTO "block" VALUES(2,'2015','countries',0,2,0,X'',X'',X'',X'');
INSERT INTO "block" VALUES(2,'2015','founded',0,2,0,X'',X'',X'',X'');
INSERT INTO "block" VALUES(2,'','=name',0,2,2,X'0303',X'00000200',X'',X'');
INSERT INTO "block" VALUES(3,'','=reported',0,2,1,X'0300',X'',X'',X'');
INSERT INTO "block" VALUES(3,'','revenue',0,2,1,X'9B20',X'005CB2EC220000000000000000000000',X'0000',X'0000000000000000');
INSERT INTO "block" VALUES(3,'','employees',0,2,1,X'0320',X'5A000000',X'',X'');
INSERT INTO "block" VALUES(3,'','revenue_per_employee',0,2,1,X'9C20',X'AB50576300000000',X'0000',X'0000000000000000');
INSERT INTO "block" VALUES(3,'','rd_staff',0,2,0,X'',X'',X'',X'');
INSERT INTO "block" VALUES(3,'','rd_share_staff',0,2,0,X'',X'',X'',X'');
INSERT INTO "block" VALUES(3,'','rd_share_revenue',0,2,0,X'',X'',X'',X'');
INSERT INTO "block" VALUES(3,'','countries',0,2,0,X'',X'',X'',X'');
INSERT INTO "block" VALUES(3,'','founded',0,2,0,X'',X'',X'',X'');
INSERT INTO "block" VALUES(3,'2015','=reported',0,2,1,X'0300',X'',X'',X'');
INSERT INTO "block" VALUES(3,'2015','revenue',0,2,1,X'9B20',X'005CB2EC220000000000000000000000',X'0000',X'0000000000000000');
INSERT INTO "block" VALUES(3,'2015','employees',0,2,0,X'',X'',X'',X'');
INSERT INTO "block" VALUES(3,'2015','revenue_per_employee',0,2,0,X'',X'',X'',X'');
INSERT INTO "block" VALUES(3,'2015','rd_staff',0,2,0,X'',X'',X'',X'');
INSERT INTO "block" VALUES(3,'2015','rd_share_staff',0,2,0,X'',X'',X'',X'');
INSERT INTO "block" VALUES(3,'2015','rd_share_revenue',0,2,0,X'',X'',X'',X'');
INSERT INTO "block" VALUES(3,'2015','countries',0,2,0,X'',X'',X'',X'');
INSERT INTO "block" VALUES(3,'2015','founded',0,2,0,X'',X'',X'',X'');
INSERT INTO "block" VALUES(3,'','=name',0,2,2,X'0303',X'00000200',X'',X'');
CREATE TABLE company (
	generation BIGINT NOT NULL, 
	slug TEXT NOT NULL, 
	name TEXT NOT NULL, 
	aliases TEXT NOT NULL, 
	formerly TEXT NOT NULL, 
	identifiers TEXT NOT NULL, 
	filed TEXT NOT NULL, 
	PRIMARY KEY (generation, slug)
)
 WITHOUT ROWID

;
INSERT INTO "company" VALUES(2,'alder','Alder','[]','[]','[]','{"industry":["pumps"],"country":["Norway"]}');
INSERT INTO "company" VALUES(2,'birch','Birch','[]','["old-birch"]','[]','{}');
INSERT INTO "company" VALUES(3,'alder','Alder','[]','[]','[]','{"industry":["pumps"],"country":["Norway"]}');
INSERT INTO "company" VALUES(3,'birch','Birch','[]','["old-birch"]','[]','{}');
CREATE TABLE current_generation (
	name TEXT NOT NULL, 
	generation BIGINT NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "current_generation" VALUES('current',3);
CREATE TABLE extent (
	generation BIGINT NOT NULL, 
	currency TEXT NOT NULL, 
	measure TEXT NOT NULL, 
	stating BIGINT NOT NULL, 
	least BIGINT NOT NULL, 
	greatest BIGINT NOT NULL, 
	low BIGINT NOT NULL, 
	high BIGINT NOT NULL, 
	PRIMARY KEY (generation, currency, measure)
);
INSERT INTO "extent" VALUES(2,'','revenue',2,150000000000,150000000000,150000000000,150000000000);
INSERT INTO "extent" VALUES(2,'','employees',1,90,90,90,90);
INSERT INTO "extent" VALUES(2,'','revenue_per_employee',1,1666666667,1666666667,1666666667,1666666667);
INSERT INTO "extent" VALUES(3,'','revenue',2,150000000000,150000000000,150000000000,150000000000);
INSERT INTO "extent" VALUES(3,'','employees',1,90,90,90,90);
INSERT INTO "extent" VALUES(3,'','revenue_per_employee',1,1666666667,1666666667,1666666667,1666666667);
CREATE TABLE facet_block (
	generation BIGINT NOT NULL, 
	facet TEXT NOT NULL, 
	chunk BIGINT NOT NULL, 
	places BLOB NOT NULL, 
	codes BLOB NOT NULL, 
	PRIMARY KEY (generation, facet, chunk)
);
INSERT INTO "facet_block" VALUES(2,'industry',0,X'00000000',X'00000000');
INSERT INTO "facet_block" VALUES(2,'country',0,X'00000000',X'00000000');
INSERT INTO "facet_block" VALUES(2,'=source',0,X'00000000',X'00000000');
INSERT INTO "facet_block" VALUES(3,'industry',0,X'00000000',X'00000000');
INSERT INTO "facet_block" VALUES(3,'country',0,X'00000000',X'00000000');
INSERT INTO "facet_block" VALUES(3,'=source',0,X'00000000',X'00000000');
CREATE TABLE facet_value (
	generation BIGINT NOT NULL, 
	facet TEXT NOT NULL, 
	code BIGINT NOT NULL, 
	value TEXT NOT NULL, 
	companies BIGINT NOT NULL, 
	PRIMARY KEY (generation, facet, code)
);
INSERT INTO "facet_value" VALUES(2,'industry',0,'pumps',1);
INSERT INTO "facet_value" VALUES(2,'country',0,'Norway',1);
INSERT INTO "facet_value" VALUES(2,'=source',0,'gazette',1);
INSERT INTO "facet_value" VALUES(3,'industry',0,'pumps',1);
INSERT INTO "facet_value" VALUES(3,'country',0,'Norway',1);
INSERT INTO "facet_value" VALUES(3,'=source',0,'gazette',1);
CREATE TABLE figure (
	generation BIGINT NOT NULL, 
	slug TEXT NOT NULL, 
	measure TEXT NOT NULL, 
	position BIGINT NOT NULL, 
	state TEXT NOT NULL, 
	low BIGINT, 
	high BIGINT, 
	low_open BOOLEAN NOT NULL, 
	high_open BOOLEAN NOT NULL, 
	currency TEXT, 
	period TEXT, 
	period_end TEXT, 
	published TEXT, 
	as_stated TEXT, 
	source TEXT, 
	citations TEXT NOT NULL, 
	derivation TEXT, 
	note TEXT, 
	PRIMARY KEY (generation, slug, measure, position)
)
 WITHOUT ROWID

;
INSERT INTO "figure" VALUES(2,'alder','employees',0,'stated',90,90,0,0,NULL,NULL,NULL,'2016-11-21','90','gazette','[]',NULL,NULL);
INSERT INTO "figure" VALUES(2,'alder','revenue',0,'stated',150000000000,NULL,1,1,'USD','2015','2015-12-31','2016-11-21','more than $1.5B','gazette','[]',NULL,NULL);
INSERT INTO "figure" VALUES(2,'alder','revenue_per_employee',0,'derived',1666666667,NULL,1,1,'USD',NULL,NULL,'2016-11-21',NULL,'gazette','[]','Revenue ÷ Employees: 2015 revenue (more than $1.5B) over undated employees (90)',NULL);
INSERT INTO "figure" VALUES(3,'alder','employees',0,'stated',90,90,0,0,NULL,NULL,NULL,'2016-11-21','90','gazette','[]',NULL,NULL);
INSERT INTO "figure" VALUES(3,'alder','revenue',0,'stated',150000000000,NULL,1,1,'USD','2015','2015-12-31','2016-11-21','more than $1.5B','gazette','[]',NULL,NULL);
INSERT INTO "figure" VALUES(3,'alder','revenue_per_employee',0,'derived',1666666667,NULL,1,1,'USD',NULL,NULL,'2016-11-21',NULL,'gazette','[]','Revenue ÷ Employees: 2015 revenue (more than $1.5B) over undated employees (90)',NULL);
CREATE TABLE former_slug (
	generation BIGINT NOT NULL, 
	slug TEXT NOT NULL, 
	old TEXT NOT NULL, 
	PRIMARY KEY (generation, slug, old)
);
INSERT INTO "former_slug" VALUES(2,'birch','old-birch');
INSERT INTO "former_slug" VALUES(3,'birch','old-birch');
CREATE TABLE generation (
	generation BIGINT NOT NULL, 
	digest TEXT NOT NULL, 
	loaded_at TEXT NOT NULL, 
	title TEXT NOT NULL, 
	description TEXT NOT NULL, 
	classification TEXT NOT NULL, 
	currency TEXT NOT NULL, 
	offered TEXT NOT NULL, 
	prefer TEXT NOT NULL, 
	companies BIGINT NOT NULL, 
	figures BIGINT NOT NULL, 
	PRIMARY KEY (generation)
);
INSERT INTO "generation" VALUES(2,'81bba2627ae9f0c5465bb4f5a4be2ffa7972e037e0da9fe7eabe79bd725f6aad','2026-12-01T14:31:23+00:00','Two companies','','','USD','','[]',2,3);
INSERT INTO "generation" VALUES(3,'81bba2627ae9f0c5465bb4f5a4be2ffa7972e037e0da9fe7eabe79bd725f6aad','2026-12-01T14:31:26+00:00','Two companies','','','USD','','[]',2,3);
CREATE TABLE measure (
	generation BIGINT NOT NULL, 
	"key" TEXT NOT NULL, 
	position BIGINT NOT NULL, 
	label TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	help TEXT NOT NULL, 
	words TEXT NOT NULL, 
	listed BOOLEAN NOT NULL, 
	signed BOOLEAN NOT NULL, 
	beside TEXT, 
	PRIMARY KEY (generation, "key")
);
CREATE TABLE ranked (
	generation BIGINT NOT NULL, 
	"view" TEXT NOT NULL, 
	measure TEXT NOT NULL, 
	chunk BIGINT NOT NULL, 
	last BIGINT NOT NULL, 
	last_place BIGINT NOT NULL, 
	lows BLOB NOT NULL, 
	places BLOB NOT NULL, 
	PRIMARY KEY (generation, "view", measure, chunk)
);
INSERT INTO "ranked" VALUES(2,'','revenue',0,150000000000,4294967296,X'005CB2EC22000000',X'0000000001000000');
INSERT INTO "ranked" VALUES(2,'','employees',0,90,0,X'5A00000000000000',X'0000000000000000');
INSERT INTO "ranked" VALUES(2,'','revenue_per_employee',0,1666666667,4294967296,X'AB50576300000000',X'0000000001000000');
INSERT INTO "ranked" VALUES(3,'','revenue',0,150000000000,4294967296,X'005CB2EC22000000',X'0000000001000000');
INSERT INTO "ranked" VALUES(3,'','employees',0,90,0,X'5A00000000000000',X'0000000000000000');
INSERT INTO "ranked" VALUES(3,'','revenue_per_employee',0,1666666667,4294967296,X'AB50576300000000',X'0000000001000000');
CREATE TABLE ranking (
	generation BIGINT NOT NULL, 
	"view" TEXT NOT NULL, 
	measure TEXT NOT NULL, 
	stating BIGINT NOT NULL, 
	least BIGINT, 
	greatest BIGINT NOT NULL, 
	states BLOB NOT NULL, 
	lows BLOB NOT NULL, 
	highs BLOB NOT NULL, 
	PRIMARY KEY (generation, "view", measure)
);
INSERT INTO "ranking" VALUES(2,'','revenue',1,150000000000,150000000000,X'9B',X'005CB2EC22000000',X'0000000000000000');
INSERT INTO "ranking" VALUES(2,'','employees',1,90,90,X'',X'',X'');
INSERT INTO "ranking" VALUES(2,'','revenue_per_employee',1,1666666667,1666666667,X'9C',X'AB50576300000000',X'0000000000000000');
INSERT INTO "ranking" VALUES(3,'','revenue',1,150000000000,150000000000,X'9B',X'005CB2EC22000000',X'0000000000000000');
INSERT INTO "ranking" VALUES(3,'','employees',1,90,90,X'',X'',X'');
INSERT INTO "ranking" VALUES(3,'','revenue_per_employee',1,1666666667,1666666667,X'9C',X'AB50576300000000',X'0000000000000000');
CREATE TABLE rate (
	generation BIGINT NOT NULL, 
	position BIGINT NOT NULL, 
	base TEXT NOT NULL, 
	quote TEXT NOT NULL, 
	value TEXT NOT NULL, 
	period TEXT NOT NULL, 
	period_end TEXT NOT NULL, 
	yearly BOOLEAN NOT NULL, 
	source TEXT NOT NULL, 
	locator TEXT, 
	PRIMARY KEY (generation, position)
);
CREATE TABLE remark (
	generation BIGINT NOT NULL, 
	position BIGINT NOT NULL, 
	kind TEXT NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (generation, position)
);
CREATE TABLE source (
	generation BIGINT NOT NULL, 
	id TEXT NOT NULL, 
	position BIGINT NOT NULL, 
	title TEXT NOT NULL, 
	author TEXT, 
	kind TEXT, 
	published TEXT, 
	url TEXT, 
	places TEXT NOT NULL, 
	figures BIGINT NOT NULL, 
	companies BIGINT NOT NULL, 
	PRIMARY KEY (generation, id)
);
INSERT INTO "source" VALUES(2,'gazette',0,'The Gazette',NULL,NULL,'2016-11-21','https://gazette.example/1','[]',3,1);
INSERT INTO "source" VALUES(3,'gazette',0,'The Gazette',NULL,NULL,'2016-11-21','https://gazette.example/1','[]',3,1);
CREATE TABLE sourcebook_schema (
	version TEXT NOT NULL, 
	PRIMARY KEY (version)
);
INSERT INTO "sourcebook_schema" VALUES('5860f3dd585e7805');
CREATE TABLE statement (
	generation BIGINT NOT NULL, 
	slug TEXT NOT NULL, 
	position BIGINT NOT NULL, 
	about TEXT NOT NULL, 
	text TEXT NOT NULL, 
	claim BOOLEAN NOT NULL, 
	source TEXT, 
	locator TEXT, 
	PRIMARY KEY (generation, slug, position)
);
CREATE TABLE text_block (
	generation BIGINT NOT NULL, 
	kind TEXT NOT NULL, 
	chunk BIGINT NOT NULL, 
	first TEXT NOT NULL, 
	last TEXT NOT NULL, 
	start BIGINT NOT NULL, 
	counts BLOB NOT NULL, 
	places BLOB NOT NULL, 
	texts TEXT NOT NULL, 
	PRIMARY KEY (generation, kind, chunk)
);
INSERT INTO "text_block" VALUES(2,'slug',0,'alder','birch',0,X'',X'','alder
birch');
INSERT INTO "text_block" VALUES(2,'name',0,'alder','birch',0,X'',X'','alder
birch');
INSERT INTO "text_block" VALUES(2,'term',0,'alder','birch',0,X'0100000001000000',X'0000000001000000','alder
birch');
INSERT INTO "text_block" VALUES(3,'slug',0,'alder','birch',0,X'',X'','alder
birch');
INSERT INTO "text_block" VALUES(3,'name',0,'alder','birch',0,X'',X'','alder
birch');
INSERT INTO "text_block" VALUES(3,'term',0,'alder','birch',0,X'0100000001000000',X'0000000001000000','alder
birch');
CREATE INDEX former_slug_old ON former_slug (generation, old);
CREATE INDEX ranked_last ON ranked (generation, "view", measure, last, last_place);
CREATE INDEX text_block_last ON text_block (generation, kind, last, first, chunk);
COMMIT;
