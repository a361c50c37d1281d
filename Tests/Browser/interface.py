"""The open interface, GeoReport v2: every answer against its schema, and clients of others."""

import itertools
import json
import os
import subprocess
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import urlopen

from georeport import GeoReport
from jsonschema import Draft202012Validator

from district import COMMAND_SECONDS

# The client `three` was written for Python 2, of whose words it says one while it is loaded.
itertools.ifilter = filter
from three import Three  # noqa: E402

ROOT = "/open311/v2"
SCHEMAS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "open311")
NOBODY = "01aaaaaaaaaaaaaaaaaaaaaaaa"
LANGUAGES = ["zh", "en"]


def checked(schema, answer):
    """An answer that is as its schema says, or the first places where it is not."""
    with open(os.path.join(SCHEMAS, f"{schema}.json"), encoding="utf-8") as file:
        form = json.load(file)
    Draft202012Validator.check_schema(form)
    faults = [fault.json_path + ": " + fault.message
              for fault in Draft202012Validator(form).iter_errors(answer)]
    assert not faults, f"{schema}: " + "; ".join(faults[:3])
    return answer


def ask(district, path, body=None, **arguments):
    """What an address answers: its status and its JSON."""
    address = f"{district.address}{ROOT}/{path}.json?{urlencode(arguments)}"
    sent = None if body is None else urlencode(body).encode()
    try:
        with urlopen(address, sent, COMMAND_SECONDS) as response:
            return response.status, json.load(response)
    except HTTPError as refusal:
        return refusal.code, json.load(refusal)


def told(district, schema, path, **arguments):
    status, answer = ask(district, path, **arguments)
    assert status == 200, f"{path} answers {status}"
    return checked(schema, answer)


def refused(district, expected, path, body=None, **arguments):
    status, answer = ask(district, path, body, **arguments)
    assert status == expected, f"{path} {arguments} answers {status} instead of {expected}"
    return [fault["code"] for fault in checked("errors", answer)]


def the_interface_keeps_its_schemas(district, language):
    told(district, "discovery", "discovery", lang=language)
    services = told(district, "services", "services", lang=language)
    for service in services:
        code = service["service_code"]
        form = told(district, "service_definition", f"services/{code}", lang=language)
        assert form["service_code"] == code
        assert bool(form["attributes"]) == service["metadata"], f"{code} and its questions"
    requests = told(district, "requests", "requests", lang=language)
    assert requests, "the demonstration has no request that everybody may see"
    for request in requests[:3]:
        one = told(
            district, "requests", f"requests/{request['service_request_id']}", lang=language)
        assert one == [request], "a request alone is told otherwise than in the list"
    assert refused(district, 404, "services/none", lang=language) == ["service_code_not_found"]
    refused(district, 404, f"requests/{NOBODY}", lang=language)
    refused(district, 400, "requests", status="half", lang=language)
    refused(district, 403, "requests", body={"service_code": "none"}, lang=language)


the_interface_keeps_its_schemas.runs = [(language,) for language in LANGUAGES]


def a_client_of_others_reads_requests(district, form):
    client = GeoReport(district.address + ROOT, output_format=form)
    services = client.get_service_list()
    codes = {service["service_code"] for service in services}
    plain = told(district, "services", "services")
    assert codes == {service["service_code"] for service in plain}
    asks = next(one["service_code"] for one in plain if one["metadata"])
    assert client.get_service_definition(asks)["service_code"] == asks
    found = client.get_service_requests()
    assert found and {request["service_code"] for request in found} <= codes
    first = found[0]
    one = client.get_service_request(first["service_request_id"])
    assert one == first, "the client reads a request alone otherwise than in the list"
    of_it = client.get_service_requests(service_code=first["service_code"])
    assert {request["service_code"] for request in of_it} == {first["service_code"]}
    for status in ["open", "closed"]:
        told_so = client.get_service_requests(status=status)
        assert all(request["status"] == status for request in told_so)


a_client_of_others_reads_requests.runs = [("json",), ("xml",)]


def an_older_client_reads_the_same(district):
    client = Three(district.address + ROOT)
    checked("discovery", client.discovery())
    services = checked("services", client.services())
    code = next(one["service_code"] for one in services if one["metadata"])
    assert checked("service_definition", client.services(code))["service_code"] == code
    requests = checked("requests", client.requests())
    first = requests[0]
    assert client.request(first["service_request_id"]) == [first]
    assert first in client.requests(first["service_code"])
    assert client.requests(count=1) == [first], "a page of one is not the newest"


def new_key(district):
    """A key as an operator makes one at the server, which shows it once, on a line of its own."""
    done = subprocess.run(
        [district.program, "open311", "key", "walk", "--data", district.data],
        env=district.environment, capture_output=True, text=True, timeout=COMMAND_SECONDS)
    assert done.returncode == 0, f"no key: {done.stdout}{done.stderr}"
    return done.stdout.split()[-1]


def answered(form):
    """What a program says to each question that must be answered."""
    said = {"text": "a walk", "number": "2"}
    return {
        f"attribute[{one['code']}]":
            said.get(one["datatype"]) or one["values"][0]["key"]
        for one in form["attributes"] if one["required"]}


def a_program_files_what_a_client_of_others_reads(district):
    client = GeoReport(district.address + ROOT)
    seen = next(one for one in client.get_service_requests() if one["address_id"])
    code, words = seen["service_code"], "words that nobody reads here"
    filing = {
        "service_code": code, "address_id": seen["address_id"], "description": words,
        "phone": "13800138000", **answered(client.get_service_definition(code))}
    refused(district, 403, "requests", body=filing)
    refused(district, 403, "requests", body={**filing, "api_key": "not a key"})
    filing["api_key"] = new_key(district)
    wrong = {**filing, "attribute[unasked]": "1"}
    assert refused(district, 400, "requests", body=wrong) == ["attribute_invalid"]
    status, answer = ask(district, "requests", filing)
    assert status == 200, f"filing answers {status}: {answer}"
    filed = checked("filed", answer)[0]["service_request_id"]
    read = client.get_service_request(filed)
    checked("requests", [read])
    assert (read["status"], read["service_code"]) == ("open", code)
    assert read["address_id"] == seen["address_id"]
    listed = client.get_service_requests(service_code=code, status="open")
    assert read in listed, "what was filed is not in the list"
    for told_so in [str(read), str(listed)]:
        assert words not in told_so and filing["phone"] not in told_so


CHECKS = [
    the_interface_keeps_its_schemas, a_client_of_others_reads_requests,
    an_older_client_reads_the_same]
CHANGES = [a_program_files_what_a_client_of_others_reads]
