-- why: installs an extension
-- verdict: CE
INSTALL httpfs
