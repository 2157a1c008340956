"""Lists of leads over HTTP."""

from tests.http.json_site import JsonSite
from tests.http.management.test_config_entities import token
from warmline.store.leads import leads


def test_the_leads_of_a_list_are_counted(site: JsonSite) -> None:
    lead = leads.create(site.database, "999", {"phone_number": "7275551212"}, who="test")
    leads.create(site.database, "999", {"phone_number": "7275551213"}, who="test")
    leads.update(site.database, lead, {"status": "NA"})
    told = site.ask("GET", "/lists/999/counts", token=token(site, "leads:read"))
    assert told.status == 200 and (told.body["leads"], told.body["penetration"]) == (2, 0.0)
    assert told.body["statuses"] == [
        {"status": "NA", "called_count": 0, "leads": 1},
        {"status": "NEW", "called_count": 0, "leads": 1},
    ]
    assert sum(one["leads"] for one in told.body["now"]) in (0, 2)
    assert site.ask("GET", "/lists/12345/counts").status == 404
