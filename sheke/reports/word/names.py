"""Names of WordprocessingML elements and attributes, resolved once."""

from docx.oxml.ns import qn

P = qn("w:p")
R = qn("w:r")
T = qn("w:t")
RPR = qn("w:rPr")
PPR = qn("w:pPr")
TAB = qn("w:tab")
BR = qn("w:br")
CR = qn("w:cr")
NO_BREAK_HYPHEN = qn("w:noBreakHyphen")
DEL = qn("w:del")
MOVE_FROM = qn("w:moveFrom")
RUBY_TEXT = qn("w:rt")
FIELD_CHAR = qn("w:fldChar")
FIELD_SIMPLE = qn("w:fldSimple")
FIELD_CODE = qn("w:instrText")
PROOF_ERROR = qn("w:proofErr")
TABLE = qn("w:tbl")
SDT = qn("w:sdt")
SDT_PR = qn("w:sdtPr")
SDT_CONTENT = qn("w:sdtContent")
TAG = qn("w:tag")
BOOKMARK_START = qn("w:bookmarkStart")
BOOKMARK_END = qn("w:bookmarkEnd")
FONTS = qn("w:rFonts")
HIGHLIGHT = qn("w:highlight")

VAL = qn("w:val")
ID = qn("w:id")
NAME = qn("w:name")
TYPE = qn("w:type")
INSTR = qn("w:instr")
FIELD_TYPE = qn("w:fldCharType")
HINT = qn("w:hint")
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
