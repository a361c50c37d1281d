"""peer_issues.py TRACKER COUNT WEB SECRET: fills a tracker, prints a token for it."""

import sys
import time

import jwt
from roundup import instance, password

tracker, count, web, secret = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
db = instance.open(tracker).open("admin")
db.tx_Source = "cli"
# In bulk: no mail is written and no rule is run.
for one in (db.issue, db.msg):
    for rules in (one.auditors, one.reactors):
        for name in list(rules):
            rules[name] = type(rules[name])()
users = [
    db.user.create(username=f"user{n}", address=f"user{n}@example.org", roles="User",
                   password=password.Password("peer", scheme="plaintext"))
    for n in range(100)]
states = db.status.list()
for n in range(count):
    message = db.msg.create(author=users[n % 100], summary=f"Matter {n}", content="As told. " * 20)
    db.issue.create(title=f"Matter {n}", status=states[n % len(states)],
                    priority="3", assignedto=users[n % 7], messages=[message])
    if n % 500 == 499:
        db.commit()
db.commit()
now = int(time.time())
print(jwt.encode({"sub": users[0], "iss": web, "aud": web, "roles": ["user"], "iat": now,
                  "exp": now + 10**6}, secret, algorithm="HS256"))
