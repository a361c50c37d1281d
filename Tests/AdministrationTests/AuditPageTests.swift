import Administration
import Core
import HummingbirdTesting
import Storage
import TestKit
import Testing

@Suite struct AuditPageTests {
    @Test(arguments: Engine.available)
    func aSearchIsByActorActionSubjectAndDay(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let path = "/admin/accounts/\(desks.clerk.id)"
            _ = try await desks.client.submit(
                path, [:], to: path + "/sessions", as: desks.system)
            func found(_ query: String) async throws -> String {
                try await desks.client.page("/admin/audit?\(query)", as: desks.auditor).text
            }
            let all = try await found("")
            #expect(all.contains("提交导入") && all.contains("均与前一行衔接"))
            for query in [
                "actor=xi", "actor=\(desks.system.id)", "subject=\(desks.clerk.id)",
                "action=session.", "action=sess&from=2015-07-01&until=2015-07-01",
            ] {
                let page = try await found(query)
                #expect(page.contains("xi的名字") && page.contains("退出"), "\(query)")
                #expect(!page.contains("提交导入"), "\(query)")
            }
            for query in [
                "actor=nobody", "action=%25", "from=2015-07-02", "until=2015-06-30",
                "subject=%27%20OR%201=1",
            ] {
                #expect(try await found(query).contains("没有找到"), "\(query)")
            }
        }
    }

    @Test(arguments: Engine.available)
    func longListsTurnPages(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let district = desks.district.district
            try await desks.district.database.write { db in
                for number in 0..<130 {
                    try Audit(db, key: district.key).record(
                        "test.row", "s-\(number)", by: TestDistrict.actor, at: district.now(),
                        quietly: true)
                }
            }
            let first = try await desks.client.page(
                "/admin/audit?action=test.", as: desks.auditor)
            #expect(first.text.contains("s-129") && !first.text.contains("s-29"))
            #expect(first.text.contains("test.row"), "an action without a word stands as it is")
            let after = try #require(first.text.components(separatedBy: "after=").dropFirst().first)
            let seq = after.prefix { $0.isNumber }
            let second = try await desks.client.page(
                "/admin/audit?action=test.&after=\(seq)", as: desks.auditor)
            #expect(second.text.contains("s-29") && !second.text.contains("s-129"))
            #expect(second.text.contains("均与前一行衔接"))
        }
    }

    @Test(arguments: Engine.available)
    func aRowThatWasChangedByHandShowsAsBroken(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            try await desks.district.database.write { db in
                switch db.dialect {
                case .sqlite: try db.script("DROP TRIGGER audit_refuses_update")
                case .postgres: try db.script("DROP TRIGGER audit_refuses_change ON audit")
                }
                try db.script("UPDATE audit SET actor = 'somebody' WHERE seq = 2")
            }
            let page = try await desks.client.page("/admin/audit", as: desks.auditor)
            #expect(page.text.contains("有 1 行与前一行不衔接"))
        }
    }

    @Test(arguments: Engine.available)
    func aRowBehindOnesThatHadTheirTimeStillShowsAsLinked(on engine: Engine) async throws {
        let clock = TestClock()
        try await Desks.with(engine, clock: clock) { desks in
            let district = desks.district.district
            let old = try await desks.district.database.write { db in
                for number in 0..<3 {
                    try Audit(db, key: district.key).record(
                        "test.row", "gone-\(number)", by: TestDistrict.actor, at: district.now(),
                        quietly: true)
                }
                return district.now()
            }
            clock.advance(1_000)
            let redacted = try await desks.district.database.write { db in
                let audit = Audit(db, key: district.key)
                try audit.record(
                    "test.row", "still-there", by: TestDistrict.actor, at: district.now(),
                    quietly: true)
                return try audit.redact(before: Moment(milliseconds: old.milliseconds + 1)).count
            }
            #expect(redacted >= 3)
            let page = try await desks.client.page(
                "/admin/audit?action=test.", as: desks.auditor)
            #expect(page.text.contains("still-there") && !page.text.contains("gone-2"))
            #expect(page.text.contains("均与前一行衔接"))
        }
    }

    @Test(arguments: Engine.available)
    func anExportSaysForWhomAndWhatForAndIsInTheAudit(on engine: Engine) async throws {
        try await Desks.with(engine) { desks in
            let path = "/admin/audit/export"
            for fields in [
                ["recipient": "", "purpose": "年度安全检查"], ["recipient": "区网信办", "purpose": "查"],
            ] {
                let page = try await desks.client.submit(path, fields, as: desks.auditor)
                #expect(page.status == 422)
            }
            #expect(try await desks.count("SELECT COUNT(*) FROM audit_export") == 0)
            let asked = path + "?action=import."
            let form = try await desks.client.page(asked, as: desks.auditor).hidden(for: path)
            #expect(form["action"] == "import.")
            let fields = form.merging(["recipient": "区网信办", "purpose": "年度安全检查"]) { $1 }
                .map { ($0.key, $0.value) }
            let file = try await desks.client.send(path, fields, as: desks.auditor)
            #expect(file.status == 200)
            #expect(file.headers[.contentType] == "text/csv; charset=utf-8")
            let lines = file.text.split(separator: "\r\n")
            #expect(lines.count == 5, "for whom and what for, a head, and three imports")
            #expect(lines[0].contains("区网信办") && lines[0].contains("年度安全检查"))
            #expect(lines.dropFirst(2).allSatisfy { $0.contains("import.published") })
            let disclosed = try await desks.count(
                """
                SELECT COUNT(*) FROM disclosure d JOIN audit_export e ON e.file_digest = d.digest
                WHERE d.what = 'audit' AND d.recipient = '区网信办' AND d.row_count = 3
                    AND d.extent = 'import.' AND d.expires_on = '2018-06-30'
                """)
            #expect(disclosed == 1, "the ledger of disclosures says so as well")
            let again = try await desks.client.send(path, fields, as: desks.auditor)
            #expect(again.status == 303)
            #expect(try await desks.count("SELECT row_count FROM audit_export") == 3)
            let rows = try await desks.count(
                """
                SELECT COUNT(*) FROM audit a JOIN audit_export e ON e.id = a.subject
                WHERE a.action = 'audit.exported' AND a.digest = e.file_digest
                """)
            #expect(rows == 1)
            let past = try await desks.client.page(path, as: desks.auditor)
            #expect(past.text.contains("区网信办") && past.text.contains("年度安全检查"))
            await #expect(throws: DatabaseError.self) {
                try await desks.district.database.write {
                    try $0.script("DELETE FROM audit_export")
                }
            }
        }
    }

    @Test(
        arguments: [
            ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\tx", "'\tx"),
            ("\rx", "\"'\rx\""), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("a=b", "a=b"),
            ("", ""), ("=a,\"", "\"'=a,\"\"\""), (" =1", "' =1"), ("＝1,2", "\"'＝1,2\""),
            (" a", " a"),
        ])
    func noCellIsTakenForAFormula(cell: String, written: String) {
        #expect(csvCell(cell) == written)
    }
}
