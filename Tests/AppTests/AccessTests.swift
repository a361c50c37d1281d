import Accounts
import App
import Core
import Foundation
import Hummingbird
import HummingbirdTesting
import Ledger
import Logging
import Organization
import Storage
import TestKit
import Testing
import Uploads
import Web

/// Every route, asked for by everybody: `access.csv` says what each gets, and a route that nobody
/// listed fails.
///
/// A form is sent twice: without its token, which nobody gets past, and then with a good one and
/// no fields, while every table refuses to be changed. So nobody's success changes what the next
/// one meets; `write` stands for whoever the verb would have let write, and 422 for whoever it let
/// in as far as the fields. The table is written anew by `GROUNDWORK_WRITE_ACCESS=1 swift test …
/// --filter AccessTests`, and read by whoever reviews the change.
@Suite struct AccessTests {
    /// Who asks. What is asked for stands in the first community; `stranger` and `neighbor` are
    /// clerk and secretary of the second.
    private static let readers = [
        "visitor", "nobody", "clerk", "stranger", "secretary", "neighbor", "street", "officer",
        "protection", "system", "security", "audit",
    ]

    /// What writes although it is only asked for: the person reads who looked at their request.
    private static let writingReads = ["/rights/requests/{id}"]

    @Test func everybodyGetsWhatTheTableSaysAndNoMore() async throws {
        let path = TestDistrict.home.folder + "/Tests/AppTests/access.csv"
        let table = try await TestDistrict.with(.sqlite, example: true) { district in
            try await AccessWalk(district).table()
        }
        if ProcessInfo.processInfo.environment["GROUNDWORK_WRITE_ACCESS"] == "1" {
            try Data(table.utf8).write(to: URL(fileURLWithPath: path))
        }
        let kept = String(
            decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
        let differences = Set(table.split(separator: "\n"))
            .symmetricDifference(kept.split(separator: "\n")).sorted()
        #expect(differences == [])
    }

    /// Walks through all routes of a small district.
    private struct AccessWalk {
        let district: TestDistrict

        init(_ district: TestDistrict) { self.district = district }

        func table() async throws -> String {
            try await district.foundSmallDistrict()
            let readers = try await signIn()
            var values = try await furnish(
                try #require(readers["clerk"]), try #require(readers["secretary"]))
            values["own"] = try await beginKind(try #require(readers["officer"]))
            values["year"] = "2026"
            values["proposal"] = try await proposePerson(try #require(readers["clerk"]))
            var logger = Logger(label: "test")
            logger.logLevel = .critical
            let server = try Server(
                district.district, home: TestDistrict.home, data: district.folder,
                setting: Server.Setting(isDemonstration: true), passwords: Passwords(cost: 4),
                logger: logger)
            let routes = server.router.routes
                .filter { $0.method != .head }
                .map { (method: $0.method, path: $0.path.description) }
                .sorted { ($0.path, $0.method.rawValue) < ($1.path, $1.method.rawValue) }
            var lines: [[String]] = []
            for method in [HTTPRequest.Method.get, .post] {
                if method == .post {
                    try await expectDeclaredFields(routes, values, readers, server)
                    try await forbidWrites()
                    try await readWithoutWriting(
                        routes.filter { $0.method == .get }.map(\.path), values, readers, server)
                }
                for route in routes where route.method == method {
                    let address = try fill(route.path, values)
                    var line = [method.rawValue, route.path]
                    for reader in AccessTests.readers {
                        line.append(
                            try await answer(method, address, readers[reader], server))
                    }
                    lines.append(line)
                }
            }
            #expect(lines.count == routes.count, "a route of another method")
            lines.sort { ($0[1], $0[0]) < ($1[1], $1[0]) }
            let heading = "method,route," + AccessTests.readers.joined(separator: ",")
            return ([heading] + lines.map { $0.joined(separator: ",") })
                .joined(separator: "\n") + "\n"
        }

        /// What a reader only asks for changes no table, and its head even less.
        private func readWithoutWriting(
            _ paths: [String], _ values: [String: String], _ readers: [String: SignedIn],
            _ server: Server
        ) async throws {
            for path in paths {
                let address = try fill(path, values)
                for reader in AccessTests.readers {
                    let head = try await answer(.head, address, readers[reader], server)
                    #expect(head != "write", "HEAD \(path) as \(reader)")
                    guard !AccessTests.writingReads.contains(path) else { continue }
                    let got = try await answer(.get, address, readers[reader], server)
                    #expect(got != "write", "GET \(path) as \(reader)")
                }
            }
        }

        /// Every form that a page shows is one whose route says what its fields are: what is
        /// secret or unseen comes back in no sight, and every text has a word to come back under.
        private func expectDeclaredFields(
            _ routes: [(method: HTTPRequest.Method, path: String)], _ values: [String: String],
            _ readers: [String: SignedIn], _ server: Server
        ) async throws {
            let posts = routes.filter { $0.method == .post }.map(\.path)
            var met: Set<String> = []
            for route in routes where route.method == .get {
                let address = try fill(route.path, values)
                for reader in AccessTests.readers {
                    let page = try await Application(router: server.router).test(.router) {
                        try await $0.page(address, as: readers[reader])
                    }
                    for form in PageForm.all(in: page.text) {
                        let path = try #require(
                            posts.first { matches(form.action, $0) }, "\(form.action)")
                        met.insert(path)
                        for (name, shown) in form.fields {
                            expect(name, shown, path, server.site)
                        }
                    }
                }
            }
            #expect(met.count > 30, "the forms are looked for where they are")
        }

        private func expect(_ name: String, _ shown: SentField?, _ path: String, _ site: Site) {
            let field = site.sentFields.field(name, at: RouterPath(path))
            // A key is a hidden field that opens something.
            #expect(field == shown || field == .key && shown == .carried, "\(name) of \(path)")
            let word = [SentField.password, .code].contains(shown) ? "secret_" : "field_"
            let isEntry =
                path.hasPrefix("/entries/new/") || path.hasSuffix("/correct")
                || path.hasSuffix("/trial") || path.hasPrefix("/cases/")
                || path.hasPrefix("/ask/") || path.hasPrefix("/requests/new/")
            #expect(
                shown == .carried || isEntry || site.terms[word + name] != nil,
                "\(name) of \(path) has no word")
        }

        private func matches(_ action: String, _ route: String) -> Bool {
            let parts = action.prefix { $0 != "?" }.split(separator: "/")
            let wanted = route.split(separator: "/")
            return parts.count == wanted.count
                && zip(parts, wanted).allSatisfy { $1.hasPrefix("{") || $0 == $1 }
        }

        /// From now on every table refuses to be changed, with words that the log repeats.
        private func forbidWrites() async throws {
            try await district.database.write { db in
                let tables = try db.rows(
                    "SELECT name FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL"
                ).map { try $0.at(0, as: String.self) }
                for table in tables where !table.hasPrefix("sqlite_") {
                    for (index, change) in Self.changes.enumerated() {
                        try db.execute(
                            """
                            CREATE TRIGGER \(name: "walk_\(table)_\(index)")
                            BEFORE \(change) ON \(name: table)
                            BEGIN SELECT RAISE(ABORT, 'nothing is written on this walk'); END
                            """)
                    }
                }
            }
        }

        private static let changes: [SQL] = ["INSERT", "UPDATE", "DELETE"]

        /// What stands for the places of routes, by `route-part:name` or by name alone.
        private func furnish(
            _ clerk: SignedIn, _ secretary: SignedIn
        ) async throws -> [String: String] {
            try await district.accept("人员编号,姓名,单位\nP-1,甲某,410102001001\n", what: "persons")
            try await district.accept(
                "日期,单位,职务,任职人\n2015-06-01,410102001001,社区主任,P-1\n", what: "post")
            let record = try #require(
                try await district.database.read { db in
                    try db.value("SELECT MAX(id) FROM record", as: String.self)
                })
            let member = try await district.account("member", role: "reader", unit: "410102001")
            let (person, grant) = try await district.database.read { db in
                (
                    try db.value("SELECT MAX(id) FROM person", as: String.self) ?? "",
                    try db.value("SELECT MAX(id) FROM role_grant", as: String.self) ?? ""
                )
            }
            let own = try await write(clerk, secretary)
            let moment = district.district.now()
            let waiting = try await district.database.write { db in
                _ = try AccessKeyStore(db).make(
                    .invitation, for: member.id, at: moment, by: clerk.actor)
                return try db.value("SELECT key_digest FROM access_key", as: String.self) ?? ""
            }
            return own.merging([
                "account": member.id.text, "person": person, "grant": grant,
                "part:join": ID<Record>.make().text, "strike:name": ID<Record>.make().text,
                "sealed:kind": "aid_pair", "releases:key": waiting,
                "id": record, "code": "410102001001", "unit": "410102001001", "kind": "post",
                "reform": "R-none",
                "indicator": district.district.catalogue.indicators.keys.sorted()[0],
                "due": "members_meeting", "key": "none.ics", "secret": "none",
                "template": "organization_work", "area": "education", "evidence": record,
                "kindxlsx": "post.xlsx", "fields:field": "new",
                "picture": ID<Record>.make().text, "procedure": "admission", "step": "talk",
                "service": "lighting", "services:file": "lighting.xml", "file": "none.xml",
                "form": "pdf", "paper": "introduction_letter",
            ]) { $1 }
        }

        /// Somebody whom the clerk misses.
        private func proposePerson(_ clerk: SignedIn) async throws -> String {
            let moment = district.district.now()
            let app = district.district
            return try await district.database.write { db in
                let unit = try app.structure(db).unit(code: "410102001001", on: moment.day)
                let store = ProposedPersonStore(db, app.sealedKey)
                try store.propose(
                    "郑试丙", in: try #require(unit).unit, by: clerk.id, at: moment)
                return try #require(try store.waiting(limit: 1).first).id.text
            }
        }

        /// A kind that the officer makes on a page.
        private func beginKind(_ officer: SignedIn) async throws -> String {
            try await district.withSite { client in
                let answer = try await client.submit(
                    "/admin/kinds/new",
                    [
                        "zh": "植树", "area": "premises", "shape": "event",
                        "visibility": "internal",
                    ], as: officer)
                #expect(answer.status == 303, "\(answer.text)")
            }
            return try #require(
                try await district.database.read { db in
                    try db.value("SELECT id FROM own_kind", as: String.self)
                })
        }

        /// What the clerk has written and keeps: a record, a draft, a pattern, an entry that waits
        /// for a second person, a request about their data; and a file that the secretary brought.
        private func write(
            _ clerk: SignedIn, _ secretary: SignedIn
        ) async throws -> [String: String] {
            try await district.withSite { client in
                let leaflet = [
                    "unit": "410102001001", "day": "2015-06-30", "field.title": "防火",
                    "measure.0": "40",
                ]
                let round = [
                    "unit": "410102001001", "day": "2015-06-30", "field.asked_group": "resident",
                    "measure.0": "40", "measure.1": "30", "measure.2": "20", "then": "post",
                ]
                func send(_ address: String, _ fields: [String: String]) async throws {
                    let answer = try await client.submit(address, fields, as: clerk)
                    #expect(answer.status == 303, "\(address): \(answer.text)")
                }
                let monthly = ["then": "post", "rhythm": "monthly"]
                try await send("/entries/new/material", leaflet.merging(monthly) { $1 })
                try await send("/entries/new/material", leaflet.merging(["then": "draft"]) { $1 })
                try await send("/entries/new/opinion_round", round)
                try await send(
                    "/reports/desk/new",
                    [
                        "begins_from": "organization_work", "unit": "410102001001",
                        "period": "2015-H1",
                    ])
                try await send(
                    "/volunteers/new",
                    [
                        "need_title": "清扫楼道", "need_place": "活动室门口",
                        "need_skill": "cleaning", "need_day": "2015-07-01", "need_from": "09:00",
                        "need_minutes": "90", "need_hands": "2", "unit": "410102001001",
                    ])
                try await send(
                    "/visits/desk/new",
                    [
                        "unit": "410102001001", "form": "home", "from": "2015-07-09",
                        "starts": "09:00", "ends": "09:30", "minutes": "30", "capacity": "1",
                    ])
                let given = try await client.submit(
                    "/hand-overs/new?name=secretary", ["taker": secretary.id.text],
                    to: "/hand-overs/new", as: clerk)
                #expect(given.status == 303, "\(given.text)")
                let asked = try await client.submit(
                    "/my/data", ["kind": "copy", "words": "请给我副本"], to: "/my/data/requests",
                    as: clerk)
                #expect(asked.status == 303, "\(asked.text)")
            }
            let upload = ID<Upload>.make().text
            return try await district.database.write { db in
                try db.execute(
                    """
                    INSERT INTO upload
                        (id, account_id, kind, file_name, size, file_id, state, done, row_count,
                        wrong_rows, uploaded_at, changed_at)
                    VALUES (\(upload), \(secretary.id), 'post', 'a.csv', 1, \(upload),
                        'discarded', 1, 1, 0, 0, 0)
                    """)
                func newest(_ table: String) throws -> String {
                    try #require(
                        try db.value("SELECT MAX(id) FROM \(name: table)", as: String.self))
                }
                return [
                    "records:id": try newest("record"), "drafts:id": try newest("entry_draft"),
                    "patterns:id": try newest("entry_pattern"),
                    "confirmations:id": try newest("entry_waiting"),
                    "requests:id": try newest("rights_request"), "uploads:id": upload,
                    "desk:id": try newest("report_writing"), "sections:section": "1",
                    "needs:id": try newest("volunteer_need"), "slot": try newest("visit_slot"),
                    "hand-overs:id": try newest("hand_over"),
                    "bookings:booking": ID<Record>.make().text,
                ]
            }
        }

        private func signIn() async throws -> [String: SignedIn] {
            let roles = [
                ("clerk", "community_clerk", "410102001001"),
                ("stranger", "community_clerk", "410102001002"),
                ("secretary", "community_secretary", "410102001001"),
                ("neighbor", "community_secretary", "410102001002"),
                ("street", "street_lead", "410102001"),
                ("officer", "organization_officer", "410102"),
                ("protection", "protection_officer", "410102"),
            ]
            var readers: [String: SignedIn] = [:]
            readers["nobody"] = try await district.account("nobody")
            for (name, role, unit) in roles {
                readers[name] = try await district.account(name, role: role, unit: unit)
            }
            for office in Office.allCases {
                readers[office.rawValue] = try await district.account(
                    office.rawValue, office: office)
            }
            return readers
        }

        private func fill(_ route: String, _ values: [String: String]) throws -> String {
            var parts: [String] = []
            var before = ""
            for part in route.split(separator: "/") {
                defer { before = String(part) }
                guard part.hasPrefix("{") || part.hasPrefix(":") || part == "**" else {
                    parts.append(String(part))
                    continue
                }
                let name = part.filter { $0.isLetter }
                let value =
                    part == "**"
                    ? "groundwork.css" : values["\(before):\(name)"] ?? values[name]
                parts.append(try #require(value, "nothing stands for \(part) of \(route)"))
            }
            return "/" + parts.joined(separator: "/")
        }

        private func answer(
            _ method: HTTPRequest.Method, _ address: String, _ reader: SignedIn?,
            _ server: Server
        ) async throws -> String {
            let log = CapturedLog()
            let logger = Logger(label: "test") { _ in log.handler }
            // A fresh site for each, so that no limit of rates speaks before the access does.
            return try await Application(router: server.router, logger: logger)
                .test(.router) { client in
                    if method == .head {
                        let headers: HTTPFields = reader.map { [.cookie: $0.cookie] } ?? [:]
                        let answer = try await client.execute(
                            uri: address, method: .head, headers: headers
                        ) {
                            PageAnswer(
                                status: Int($0.status.code), text: "", headers: $0.headers)
                        }
                        return verdict(answer, log)
                    }
                    guard method == .post else {
                        return verdict(try await client.page(address, as: reader), log)
                    }
                    let refused = verdict(try await client.send(address, [], as: reader), log)
                    // A form without its token goes no further, whoever sends it.
                    guard refused == "form" else {
                        let isRefused = Int(refused).map { 400..<500 ~= $0 } ?? (refused != "write")
                        #expect(isRefused, "\(address): \(refused)")
                        return refused
                    }
                    let (fields, cookie) = form(address, reader)
                    return verdict(
                        try await client.send(address, fields, as: reader, cookie: cookie), log)
                }
        }

        private func verdict(_ answer: PageAnswer, _ log: CapturedLog) -> String {
            if answer.location?.hasPrefix("/sign-in?next=") ?? false { return "sign-in" }
            if answer.text.contains("登录已失效") { return "signed-out" }
            if answer.text.contains("表单已失效") { return "form" }
            let wouldWrite = log.errors().contains { $0.contains("nothing is written") }
            return wouldWrite ? "write" : String(answer.status)
        }

        /// What a good form says beside its fields, and the cookie it belongs to.
        private func form(
            _ address: String, _ reader: SignedIn?
        ) -> (fields: [(String, String)], cookie: String) {
            let secret = reader?.cookie.split(separator: "=").last.map(String.init)
            let visit = freshSecret()
            let seed = FormSeed(
                key: district.district.key.derived("form"),
                seed: secret.map(Session.digest(of:)) ?? visit)
            let token = seed.token(for: address, at: district.district.now())
            return (
                [("_token", token), ("_key", ID<Form>.make().text)],
                reader?.cookie ?? "visit=\(visit)"
            )
        }
    }
}
