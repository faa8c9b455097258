"""Who gets what at every address of the site. A new address without a row fails the test.

Each row: name, what stands in the address (of society B, see tenants.py), the answer to GET, the
answer to an empty POST. `-` is 405. A number behind a word is for those whom the word names; the
others get what stands here:

    open     everyone who is signed in
    acting   those who act for an organisation; a plain member gets 403
    within   those who act for B or for what stands above it; the others learn nothing: 404
    author   who made it alone; everyone else 404
    admin    the administrator of B or of what stands above it; everyone else 403

Who is not signed in is led to the sign-in page everywhere but at PUBLIC.
"""

from __future__ import annotations

# member of A, secretary of A, secretary of B, office staff, leader, administrator
GROUPS = {
    "open": ("*", "*", "*", "*", "*", "*"),
    "acting": ("403", "*", "*", "*", "*", "*"),
    "within": ("404", "404", "*", "*", "*", "*"),
    "author": ("404", "404", "*", "404", "404", "404"),
    "admin": ("403", "403", "403", "403", "403", "*"),
}
PUBLIC = {"site:sign_in", "site:sign_out", "site:language", "verify:form", "verify:code"}

TABLE = """
site:home                        .                  open:200     open:200
site:sign_in                     .                  open:302     open:302
site:sign_out                    .                  -            open:302
site:password                    .                  open:200     open:200
site:acting                      .                  -            open:404
site:language                    .                  open:302     open:302
site:design                      .                  open:404     open:404
definitions:index                .                  open:200     -
definitions:types                .                  open:200     -
definitions:indicator_new        .                  admin:200    admin:422
definitions:indicator_edit       indicator          admin:200    admin:422
definitions:record_type_new      .                  admin:200    admin:422
definitions:record_type_edit     type               admin:200    admin:422
definitions:yaml_new             kind               admin:200    admin:200
definitions:yaml_edit            kind/indicator     admin:200    admin:200
definitions:detail               kind/indicator     open:200     -
definitions:compare              kind/indicator     open:200     -
definitions:export               kind/indicator     open:200     -
definitions:retirement           kind/indicator     -            admin:302
definitions:restoration          kind/indicator     -            admin:302
directory:index                  .                  open:200     -
directory:create                 .                  admin:200    admin:200
directory:organisation           code_b             open:200     -
directory:rename                 code_b             admin:200    admin:200
directory:move                   code_b             admin:200    admin:200
directory:end                    code_b             admin:200    admin:200
directory:reopen                 code_b             admin:200    admin:200
directory:correct                code_b             admin:200    admin:200
directory:join                   code_b             admin:200    admin:200
directory:people                 .                  open:200     -
directory:create_person          .                  admin:200    admin:200
directory:person                 person             open:200     -
directory:change_person          person             admin:200    admin:200
directory:give_tenure            person             admin:200    admin:200
directory:create_account         bare               admin:200    admin:200
directory:end_tenure             tenure             admin:200    admin:200
directory:password               account            -            admin:200
directory:deactivate             account            -            admin:302
directory:activate               account            -            admin:302
directory:options                .                  open:200     -
directory:people_options         .                  admin:200    -
directory:import                 what               admin:200    admin:200
directory:export                 what/file          admin:200    -
ledger:index                     .                  open:200     -
ledger:export                    file               open:200     -
ledger:organisations             .                  open:200     -
ledger:new                       .                  open:200     -
ledger:entry                     type               open:200     open:422
ledger:duplicates                type               open:200     -
ledger:closings                  .                  open:200     open:422
ledger:closing                   closing            within:200   -
ledger:imports                   .                  open:200     open:422
ledger:import                    run                author:200   -
ledger:posting                   run                -            author:302
ledger:problems                  run                author:200   -
ledger:template                  type               open:200     -
ledger:download                  evidence           within:200   -
ledger:thumbnail                 evidence           within:200   -
ledger:withdrawal                evidence           -            within:302
ledger:record                    record             within:200   -
ledger:revision                  record             within:200   within:422
ledger:difference                record             -            within:200
ledger:reversal                  record             -            within:302
ledger:evidence                  record             -            within:302
indicators:index                 .                  open:200     -
indicators:preview               .                  -            admin:200
indicators:organisations         .                  open:200     -
indicators:group                 group              open:200     -
indicators:detail                indicator          open:200     -
indicators:rows                  indicator          open:200     -
indicators:rows_xlsx             indicator          open:200     -
indicators:table_xlsx            indicator          open:200     -
plans:index                      .                  open:200     -
plans:new                        .                  acting:200   acting:200
plans:preview                    .                  -            acting:200
plans:new_empty                  .                  -            acting:302
plans:detail                     plan               within:200   -
plans:overview                   plan               within:200   -
plans:timeline                   plan               within:200   -
plans:document                   plan               within:200   -
plans:settings                   plan               within:200   within:200
plans:deletion                   plan               -            within:302
plans:source                     plan               open:404     -
plans:word                       plan               within:200   -
plans:table                      plan               within:200   -
plans:edit                       plan               within:200   -
plans:undo                       plan               -            within:200
plans:redo                       plan               -            within:200
plans:add_item                   plan               -            within:200
plans:targets                    plan               within:200   -
plans:duties                     plan               within:200   within:422
plans:check_duties               plan               -            within:200
plans:duties_template            plan               within:200   -
plans:item                       item               within:200   -
plans:words                      item               within:200   within:200
plans:place                      item               -            within:200
plans:merge                      item               -            within:200
plans:delete_item                item               -            within:200
plans:completion                 item               -            within:302
plans:reopening                  item               -            within:302
plans:item_duties                item               -            within:422
plans:item_targets               item               -            within:422
plans:release                    duty               -            within:302
plans:target                     target             within:200   within:200
plans:dismiss                    item               -            within:302
plans:drop_target                target             -            within:302
reports:templates                .                  open:200     -
reports:template_upload          .                  open:200     open:200
reports:template                 template           within:200   -
reports:template_removal         spare              -            within:302
reports:template_carrying        template           -            open:404
reports:template_acceptance      template           -            within:302
reports:template_undo            template           -            within:302
reports:slot_adding              template           -            within:302
reports:slot                     template/slot      open:302     -
reports:slot_binding             template/slot      -            within:302
reports:slot_detail              template/slot      -            within:302
reports:slot_unbinding           template/slot      -            within:302
reports:slot_removal             template/slot      -            within:302
reports:index                    .                  open:200     -
reports:new                      .                  open:200     open:200
reports:verify                   .                  open:200     open:200
reports:report                   report             within:200   -
reports:title                    report             -            within:302
reports:filling                  report             -            within:302
reports:discarding               report             -            within:302
reports:word                     report             within:200   -
reports:annex                    report             within:200   -
reports:rows                     report             within:200   -
reports:snapshot                 report             -            within:302
reports:publication              frozen             within:200   within:422
reports:withdrawal               frozen             -            within:302
reports:verification             frozen             within:200   within:200
reports:comparison               report             within:200   -
reports:figure                   report/slot        within:200   -
reports:figure_rows              report/slot        within:200   -
reports:wording                  report/slot        -            within:302
verify:form                      .                  open:200     -
verify:code                      code               open:200     -
"""


def rows() -> dict[str, tuple[list[str], tuple[int, ...], tuple[int, ...]]]:
    """By name: the parts of the address, and the answers to GET and POST by role."""
    found = {}
    for line in TABLE.strip().splitlines():
        name, parts, get, post = line.split()
        found[name] = ([] if parts == "." else parts.split("/"), answers(get), answers(post))
    return found


def answers(cell: str) -> tuple[int, ...]:
    group, _colon, code = ("open:405" if cell == "-" else cell).partition(":")
    return tuple(int(code if answer == "*" else answer) for answer in GROUPS[group])
