#!/usr/bin/env python3
"""baseline_server.py FOLDER: the wide table behind HTTP, grouped anew for each request.

One thread and one database connection for each client, plain tables, no session, no rights, no
language: thinner than any product's pages, which is to the baseline's favour. The address stands
in the first line that it prints.
"""

import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import psycopg2

import questions

local = threading.local()


def cursor():
    if not hasattr(local, "cursor"):
        connection = psycopg2.connect(host=sys.argv[1], user="groundwork", dbname="groundwork")
        connection.autocommit = True
        local.cursor = connection.cursor()
    return local.cursor


def ask(path, query):
    one = {name: values[0] for name, values in query.items()}
    scan = one.pop("scan", None)
    statement = {
        "/dashboard": questions.dashboard, "/ranking": questions.ranking,
        "/figure": questions.figure}[path](**one)
    here = cursor()
    if scan:
        here.execute("SET enable_indexscan = off; SET enable_bitmapscan = off;"
                     " SET enable_indexonlyscan = off")
    try:
        here.execute(statement)
        return here.fetchall()
    finally:
        if scan:
            here.execute("RESET ALL")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self):
        address = urlsplit(self.path)
        rows = ask(address.path, parse_qs(address.query))
        cells = "\n".join(
            "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        body = f"<!doctype html><title>baseline</title><table>\n{cells}\n</table>".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    print(server.server_address[1], flush=True)
    server.serve_forever()
