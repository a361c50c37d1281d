import Core
import Ledger
import Storage
import TestKit
import Testing

struct WriteEntryTests {
    @Test(arguments: Engine.available)
    func whoMayNotWriteFindsNoForm(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let visitor = try await desk.client.page("/entries/new/material")
            #expect(visitor.location?.hasPrefix("/sign-in?next=") == true)
            for path in ["/entries", "/entries/new/material"] {
                #expect(try await desk.client.page(path, as: desk.reader).status == 404)
            }
            // A kind of other units, a sealed kind, and no kind at all.
            for kind in ["monthly_best", "aid_pair", "nothing"] {
                let answer = try await desk.client.page("/entries/new/\(kind)", as: desk.li)
                #expect(answer.status == 404, "\(kind)")
            }
            #expect(try await desk.client.page("/entries", as: desk.li).status == 200)
        }
    }

    @Test(arguments: Engine.available)
    func anEntryForAnotherUnitIsRefused(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            for unit in [WritingDesk.second, "410102001", "BUR-EDU", "nowhere"] {
                let answer = try await desk.write(WritingDesk.leaflet(["unit": unit]))
                #expect(answer.status == 422, "\(unit)")
                #expect(answer.text.contains("field-unit-faults"), "\(unit)")
            }
            #expect(try await desk.count("record") == 0)
        }
    }

    @Test(arguments: Engine.available)
    func aFormInErrorComesBackFilledIn(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let wrong = WritingDesk.leaflet([
                "day": "2015-08-01", "measure.0": "many", "field.title": "<script>x</script>",
                "ref": "F-\u{1}",
            ])
            let answer = try await desk.write(wrong, language: .en)
            #expect(answer.status == 422)
            for words in [
                "has not come yet", "is not a number of copies", "characters that cannot be read",
                "value=\"2015-08-01\"", "value=\"many\"", "&lt;script&gt;x&lt;/script&gt;",
                "href=\"#field-day\"", "Error: ", "aria-invalid",
            ] {
                #expect(answer.text.contains(words), "\(words)")
            }
            #expect(!answer.text.contains("<script>x"))
            #expect(answer.text.components(separatedBy: " autofocus").count == 2)
            #expect(!answer.text.contains("份数"), "an English page names fields in English")
            let empty = try await desk.write(["then": "post"])
            #expect(empty.text.contains("缺少“名称”") && empty.text.contains("缺少日期"))
            #expect(try await desk.count("record") == 0)
        }
    }

    @Test(arguments: Engine.available)
    func anEntryBecomesARecordOfItsWriter(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let id = try await desk.written(["field.title": "<b>防火</b>"])
            let page = try await desk.client.page("/records/\(id)?done=entry_saved", as: desk.li)
            #expect(page.text.contains("已提交") && page.text.contains("&lt;b&gt;防火"))
            #expect(page.text.contains("/entries/records/\(id)/correct"))
            let record = try await desk.test.database.read { db in
                try RecordStore(db: db).find(Record.ID(trusted: id), in: .everything)
            }
            #expect(record?.recordedBy == desk.li.id.text)
            #expect(record?.measures[0] == 40)
            let public_ = try await desk.client.page("/records/\(id)")
            #expect(public_.status == 200 && !public_.text.contains("/entries/records/"))
            let other = try await desk.client.page("/records/\(id)", as: desk.zhao)
            #expect(!other.text.contains("/entries/records/"))
            #expect(try await desk.verified() == [])
        }
    }

    @Test(arguments: Engine.available)
    func whatIsSentTwiceCountsOnce(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let address = "/entries/new/material"
            let page = try await desk.client.page(address, as: desk.li)
            let fields = page.hidden(for: address).merging(WritingDesk.leaflet) { $1 }
                .map { ($0.key, $0.value) }
            let places = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<5 {
                    group.addTask {
                        try await desk.client.send(address, fields, as: desk.li).location
                    }
                }
                return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
            }
            #expect(places.count == 1 && places.first??.hasPrefix("/records/") == true)
            #expect(try await desk.count("record") == 1)
            // Another showing of the form is another entry, which says the same.
            let again = try await desk.write()
            #expect(again.status == 409 && again.text.contains("内容完全相同"))
            #expect(try await desk.count("record") == 1)
            #expect(try await desk.verified() == [])
        }
    }

    @Test(arguments: Engine.available)
    func aLateEntrySaysSoBeforeAndAfter(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let late = [
                "unit": WritingDesk.first, "day": "2015-05-20", "subject.team": "T-1",
                "then": "post",
            ]
            let first = try await desk.write(late, kind: "inspection")
            #expect(first.status == 422 && first.text.contains("2015-06-05"))
            #expect(try await desk.count("record") == 0)
            let hidden = first.hidden(for: "/entries/new/inspection")
            #expect(hidden["late"] == "2015-05-20")
            let sent = try await desk.client.send(
                "/entries/new/inspection", hidden.merging(late) { $1 }.map { ($0.key, $0.value) },
                as: desk.li)
            let place = try #require(sent.location)
            let page = try await desk.client.page(place)
            #expect(page.text.contains("逾期补报"), "everybody sees that it came late")
            #expect(try await desk.client.page("/entries", as: desk.li).text.contains("逾期补报"))
            // In June the month of June is still open.
            let inTime = try await desk.write(
                late.merging(["day": "2015-06-20"]) { $1 }, kind: "inspection")
            let other = try await desk.client.page(try #require(inTime.location))
            #expect(!other.text.contains("逾期补报"))
        }
    }

    @Test(arguments: Engine.available)
    func theFormRemembersUnitAndChoicesAndCopiesTheLastEntry(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let officer = try await desk.test.account(
                "sun", role: "street_staff", unit: "410102001")
            let event = [
                "unit": WritingDesk.second, "day": "2015-06-02", "field.event_kind": "sports",
                "field.title": "跳绳", "measure.0": "30", "then": "post",
            ]
            let sent = try await desk.write(event, kind: "community_event", as: officer)
            #expect(sent.status == 303)
            let fresh = try await desk.client.page("/entries/new/community_event", as: officer)
            #expect(fresh.text.contains("value=\"\(WritingDesk.second)\" selected"))
            #expect(fresh.text.contains("value=\"sports\" selected"))
            #expect(!fresh.text.contains("跳绳"))
            let copy = try await desk.client.page(
                "/entries/new/community_event?copy=last", as: officer)
            #expect(copy.text.contains("value=\"跳绳\"") && copy.text.contains("value=\"30\""))
            #expect(copy.text.contains("value=\"2015-07-01\""), "a copy is of today")
            let other = try await desk.client.page(
                "/entries/new/community_event?copy=last", as: desk.zhao)
            #expect(!other.text.contains("跳绳"))
        }
    }

    @Test(arguments: Engine.available)
    func aPostThatBringsRightsIsEnteredBySomebodyElse(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            try await desk.test.accept(
                "人员编号,姓名,单位\nP-1,甲一,410102001001\n", what: "persons")
            try await desk.test.database.write { db in
                try db.execute(
                    """
                    UPDATE account
                    SET person_id = (SELECT id FROM person WHERE number = 'P-1')
                    WHERE id = \(desk.li.id)
                    """)
            }
            var post = [
                "unit": WritingDesk.first, "day": "2015-06-01", "person.holder": "P-1",
                "field.position": "committee_secretary", "then": "post",
            ]
            let own = try await desk.write(post, kind: "post", as: desk.li)
            #expect(own.status == 422 && own.text.contains("请由他人为您登记"))
            #expect(try await desk.count("record") == 0)
            // A post that brings nothing is anybody's to enter.
            post["field.position"] = "community_director"
            #expect(try await desk.write(post, kind: "post", as: desk.li).status == 303)
            post["field.position"] = "committee_secretary"
            let other = try await desk.write(post, kind: "post", as: desk.wang)
            #expect(other.location?.hasPrefix("/confirmations/") == true)
        }
    }

    @Test(arguments: Engine.available)
    func aPostOfHisDoubleIsHisOwnAndSoIsItsEnd(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let test = desk.test
            try await test.accept(
                "人员编号,姓名,单位\nP-1,甲一,410102001001\nP-2,甲一,410102001001\n",
                what: "persons")
            try await test.database.write { db in
                try db.execute(
                    """
                    UPDATE account
                    SET person_id = (SELECT id FROM person WHERE number = 'P-1')
                    WHERE id = \(desk.li.id)
                    """)
            }
            let post = [
                "unit": WritingDesk.first, "day": "2015-05-01", "person.holder": "P-2",
                "field.position": "committee_secretary", "then": "post",
            ]
            let high = try await test.account("jie", role: "street_lead", unit: "410102001")
            func confirmed(_ answer: PageAnswer) async throws -> String {
                let place = try #require(answer.location, "\(answer.text)").prefix { $0 != "?" }
                let done = try await desk.client.submit(
                    String(place), [:], to: "\(place)/posting", as: high)
                return String(
                    try #require(done.location).dropFirst("/records/".count).prefix(26))
            }
            let id = try await confirmed(
                try await desk.write(post, kind: "post", as: desk.wang))
            _ = try await test.district.join(
                "P-2", into: "P-1", on: TestDistrict.moment.day, by: TestDistrict.actor)
            let double = try await desk.write(
                post.merging(["day": "2015-06-01"]) { $1 }, kind: "post", as: desk.li)
            #expect(double.status == 422 && double.text.contains("请由他人为您登记"))
            // To end their own post is anybody's; to take that back is somebody else's.
            let ended = try await desk.client.submit(
                "/entries/records/\(id)/end", ["day": "2015-06-10"], as: desk.li)
            #expect(ended.status == 303)
            let end = try #require(
                try await test.database.read { db in
                    try db.value(
                        "SELECT id FROM record WHERE ends = \(id)", as: String.self)
                })
            let back = "/entries/records/\(end)/reverse"
            let own = try await desk.client.submit(back, ["reason": "有误"], as: desk.li)
            #expect(own.status == 409 && own.text.contains("请由他人为您撤回"))
            let other = try await desk.client.submit(back, ["reason": "有误"], as: desk.wang)
            _ = try await confirmed(other)
            #expect(try await desk.verified() == [])
        }
    }

    @Test(arguments: Engine.available)
    func aRightThatIsTakenAwayIsGoneAtOnce(on engine: Engine) async throws {
        try await WritingDesk.with(engine) { desk in
            let address = "/entries/new/material"
            let page = try await desk.client.page(address, as: desk.li)
            try await desk.test.database.write { db in
                try db.execute(
                    """
                    UPDATE role_grant SET ended_at = 1, ended_by = 'x'
                    WHERE account_id = \(desk.li.id)
                    """)
            }
            let fields = page.hidden(for: address).merging(WritingDesk.leaflet) { $1 }
                .map { ($0.key, $0.value) }
            #expect(try await desk.client.send(address, fields, as: desk.li).status == 404)
            #expect(try await desk.count("record") == 0)
        }
    }
}
