import Accounts
import Core
import Foundation
import HTTPTypes
import HummingbirdTesting
import Ledger
import Storage
import TestKit
import Testing
import Uploads

struct UploadTests {
    @Test(arguments: Engine.available)
    func aFileIsPreviewedMendedPublishedAndUndone(on engine: Engine) async throws {
        try await UploadDistrict.with(engine) { desk in
            let id = try await desk.upload(
                UploadDistrict.leaflets(2) + "2015-02-30,410102001001,八,第三张\n")
            let waiting = try await desk.page(id)
            #expect(waiting.text.contains("<progress"))
            #expect(waiting.headers[try #require(HTTPField.Name("Refresh"))] == "3")
            try await desk.work()

            let wrong = try await desk.page(id)
            #expect(wrong.text.contains("3 行中有 1 行需要修改"))
            #expect(wrong.text.contains("“2015-02-30”不是日期，请写成 2015-03-01。"))
            #expect(wrong.text.contains("“八”不是数字"))
            #expect(wrong.text.contains("宣传页0"))
            #expect(wrong.headers[try #require(HTTPField.Name("Refresh"))] == nil)
            let only = try await desk.page(id, "?only=wrong")
            #expect(only.text.contains("第三张") && !only.text.contains("宣传页0"))
            #expect(try await desk.facts() == 0)

            let again = try await desk.send(
                Array((UploadDistrict.leaflets(2) + "2015-03-30,410102001001,8,第三张\n").utf8),
                from: "/uploads/\(id)", to: "/uploads/\(id)/file", as: desk.secretary)
            #expect(again.location == "/uploads/\(id)")
            try await desk.work()
            #expect(try await desk.page(id).text.contains("3 行都可以提交"))

            try await desk.press("publication", id)
            #expect(try await desk.facts() == 0)
            try await desk.work()
            #expect(try await desk.facts() == 3)
            let published = try await desk.page(id)
            #expect(published.text.contains("3 行已提交"))
            #expect(try desk.files().isEmpty)
            let told = try await desk.client.page("/my/messages", as: desk.secretary).text
            #expect(told.contains("您上传的文件已检查完毕") && told.contains("您上传的文件已全部提交"))
            #expect(told.contains("href=\"/uploads/\(id)\""))

            let undone = try await desk.press("reversal", id)
            #expect(undone.location == "/uploads/\(id)")
            #expect(try await desk.facts() == 0)
            #expect(try await desk.page(id).text.contains("已撤销"))
            #expect(try await desk.test.database.read { try desk.test.district.verify($0) } == [])
        }
    }

    @Test(arguments: Engine.available)
    func aFileGivesNobodyRights(on engine: Engine) async throws {
        try await UploadDistrict.with(engine) { desk in
            try await desk.test.accept(
                "人员编号,姓名,单位\nP-1,甲一,410102001001\n", what: "persons")
            let posts = "日期,单位,职务,任职人\n2015-03-01,410102001001,committee_secretary,P-1\n"
            let id = try await desk.upload(posts, kind: "post", as: desk.leader)
            try await desk.work()
            let judged = try await desk.page(id, as: desk.leader)
            #expect(judged.text.contains("不能用文件登记或变更"))
            #expect(judged.hidden(for: "/uploads/\(id)/publication").isEmpty)
            #expect(try await desk.facts("post") == 0)
            let plain = try await desk.upload(
                posts.replacing("committee_secretary", with: "community_director"),
                kind: "post", as: desk.leader)
            try await desk.work()
            try await desk.press("publication", plain, as: desk.leader)
            try await desk.work()
            #expect(try await desk.facts("post") == 1)
        }
    }

    /// What was brought at the machine is not changed by a file either.
    @Test(arguments: Engine.available)
    func aFileEndsNoPostThatBringsRights(on engine: Engine) async throws {
        try await UploadDistrict.with(engine) { desk in
            try await desk.test.accept(
                "人员编号,姓名,单位\nP-1,甲一,410102001001\n", what: "persons")
            try await desk.test.accept(
                "编号,日期,单位,职务,任职人\nR-1,2015-03-01,410102001001,committee_secretary,P-1\n",
                what: "post")
            for (column, value) in [("结束", "R-1"), ("冲销", "R-1")] {
                let id = try await desk.upload(
                    "日期,单位,\(column),理由\n2015-04-01,410102001001,\(value),离任\n", kind: "post",
                    as: desk.leader)
                try await desk.work()
                let judged = try await desk.page(id, as: desk.leader)
                #expect(judged.text.contains("不能用文件登记或变更"), "\(column)")
            }
        }
    }

    @Test(arguments: Engine.available)
    func whoMayNoLongerBringItUndoesNothing(on engine: Engine) async throws {
        try await UploadDistrict.with(engine) { desk in
            let id = try await desk.upload(UploadDistrict.leaflets(2))
            try await desk.work()
            try await desk.press("publication", id)
            try await desk.work()
            #expect(try await desk.facts() == 2)
            // They moved to the next community, and brings files for that one now.
            let (district, secretary) = (desk.test.district, desk.secretary)
            try await desk.test.database.write { db in
                let structure = try district.structure(db)
                let day = TestDistrict.moment.day
                let next = try #require(structure.unit(code: "410102001002", on: day))
                let grants = GrantStore(db)
                for grant in try grants.history(of: secretary.id) {
                    _ = try grants.end(grant.id, at: TestDistrict.moment, by: secretary.actor)
                }
                try grants.insert(
                    account: secretary.id, role: "community_secretary", unit: next.unit,
                    from: day, until: nil, at: TestDistrict.moment, by: secretary.actor)
                try Audit(db, key: district.key).record(
                    "role.given", secretary.id.text, by: secretary.actor,
                    at: TestDistrict.moment, quietly: true)
            }
            let no = try await desk.press("reversal", id)
            #expect(no.status == 409 && no.text.contains("不能撤销"))
            #expect(try await desk.facts() == 2)
            #expect(try await desk.press("reversal", id, as: desk.leader).status == 303)
            #expect(try await desk.facts() == 0)
        }
    }

    @Test(arguments: Engine.available)
    func whoPublishesTwiceOrAtOncePublishesOnce(on engine: Engine) async throws {
        try await UploadDistrict.with(engine) { desk in
            let id = try await desk.upload(UploadDistrict.leaflets(3))
            try await desk.work()
            let form = try await desk.page(id).hidden(for: "/uploads/\(id)/publication")
            let fields = form.map { ($0.key, $0.value) }
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<6 {
                    group.addTask {
                        try await desk.client.send(
                            "/uploads/\(id)/publication", fields, as: desk.secretary
                        ).status
                    }
                }
                for try await status in group { #expect(status == 303) }
            }
            // Two programs take it up at once.
            async let one = UploadDistrict.runner(desk.test).runOnce()
            async let two = UploadDistrict.runner(desk.test).runOnce()
            _ = try await (one, two)
            try await desk.work()
            #expect(try await desk.facts() == 3)
            #expect(try await desk.state(id) == .published)
            let late = try await desk.client.send(
                "/uploads/\(id)/publication", fields, as: desk.secretary)
            #expect(late.status == 303)
            try await desk.work()
            #expect(try await desk.facts() == 3)
            #expect(try await desk.test.database.read { try desk.test.district.verify($0) } == [])
        }
    }

    @Test(arguments: Engine.available)
    func oneFormSentTwiceIsOneUpload(on engine: Engine) async throws {
        try await UploadDistrict.with(engine) { desk in
            let page = "/uploads/kinds/material"
            let hidden = try await desk.client.page(page, as: desk.secretary).hidden(for: page)
            let bytes = Array(UploadDistrict.leaflets(1).utf8)
            let first = try await desk.send(
                bytes, from: page, as: desk.secretary, hidden: hidden)
            let second = try await desk.send(
                bytes, from: page, as: desk.secretary, hidden: hidden)
            #expect(first.location == second.location)
            #expect(try await desk.count(of: "upload") == 1)
            #expect(try desk.files().count == 1)
        }
    }

    @Test(arguments: Engine.available)
    func contentThatIsKnownIsRecognized(on engine: Engine) async throws {
        try await UploadDistrict.with(engine) { desk in
            let first = try await desk.upload(UploadDistrict.leaflets(2))
            try await desk.work()
            try await desk.press("publication", first)
            try await desk.work()
            let second = try await desk.upload(UploadDistrict.leaflets(2))
            // The same rows in another file are each known.
            let third = try await desk.upload(UploadDistrict.leaflets(2) + "\n")
            try await desk.work()
            let page = try await desk.page(second)
            #expect(page.text.contains("以前已经提交"))
            #expect(page.hidden(for: "/uploads/\(second)/publication").isEmpty)
            #expect(try await desk.page(third).text.contains("号记录内容完全相同"))
            #expect(try await desk.facts() == 2)
        }
    }

    @Test(arguments: Engine.available)
    func whatWasPostedSinceTheVerdictIsAFaultAndNotPostedTwice(on engine: Engine) async throws {
        try await UploadDistrict.with(engine) { desk in
            let id = try await desk.upload(UploadDistrict.leaflets(2))
            try await desk.work()
            try await desk.test.accept(
                "日期,单位,份数,名称\n2015-03-01,410102001001,8,宣传页1\n", what: "material")
            try await desk.press("publication", id)
            try await desk.work()
            #expect(try await desk.page(id).text.contains("2 行中有 1 行需要修改"))
            #expect(try await desk.facts() == 1)
        }
    }

    @Test(arguments: Engine.available)
    func aRightTakenAwayStopsWhatWaits(on engine: Engine) async throws {
        try await UploadDistrict.with(engine) { desk in
            let id = try await desk.upload(UploadDistrict.leaflets(2))
            try await desk.work()
            try await desk.press("publication", id)
            let account = desk.secretary.id
            try await desk.test.database.write { db in
                try db.execute(
                    """
                    UPDATE account SET disabled_at = \(TestDistrict.moment)
                    WHERE id = \(account)
                    """)
            }
            try await desk.work()
            #expect(try await desk.facts() == 0)
            #expect(try await desk.state(id) != .published)
        }
    }

    @Test(arguments: Engine.available)
    func aRestartInTheMiddleGoesOn(on engine: Engine) async throws {
        try await UploadDistrict.with(engine) { desk in
            let rows = District.stageSize * 12
            let id = try await desk.upload(UploadDistrict.leaflets(rows))
            // The program stops while it judges.
            try await desk.test.database.write { db in
                let store = UploadStore(db: db)
                let upload = try #require(try store.find(id))
                #expect(try store.begin(upload))
            }
            #expect(try await desk.page(id).text.contains("正在检查"))
            try await running(desk) { try await desk.state(id) == .judged }

            // The program stops while it publishes.
            try await desk.press("publication", id)
            let second = UploadDistrict.runner(desk.test)
            let killed = Task {
                try await second.start()
                while try await second.runOnce() {}
            }
            while try await desk.count(of: "record") == 0 { await Task.yield() }
            killed.cancel()
            _ = try? await killed.value
            #expect(try await desk.state(id) == .publishing)
            #expect(try await desk.facts() == 0)
            #expect(try await desk.page(id).text.contains("正在提交"))

            // The file goes after the commit: a stop in between leaves it to the next start.
            try await running(desk) {
                let isPublished = try await desk.state(id) == .published
                return try isPublished && desk.files().isEmpty
            }
            #expect(try await desk.facts() == rows)
            #expect(try await desk.test.database.read { try desk.test.district.verify($0) } == [])
        }
    }

    /// Runs the queue as the server does until something is so.
    private func running(
        _ desk: UploadDistrict, until isSo: @escaping @Sendable () async throws -> Bool
    ) async throws {
        let runner = UploadDistrict.runner(desk.test)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await runner.run() }
            group.addTask {
                for _ in 0..<6_000 {
                    if try await isSo() { return }
                    try await Task.sleep(for: .milliseconds(10))
                }
                Issue.record("it did not come about")
            }
            try await group.next()
            group.cancelAll()
        }
    }

    @Test(arguments: Engine.available)
    func whatLiesOnTheDiskCannotBeReadAndGoesAway(on engine: Engine) async throws {
        let clock = TestClock()
        try await UploadDistrict.with(engine, now: { clock.moment }) { desk in
            let discarded = try await desk.upload(
                UploadDistrict.leaflets(2) + "2015-13-01,410102001001,8,张三\n")
            let left = try await desk.upload(UploadDistrict.leaflets(2, title: "张三"))
            try await desk.work()
            let files = try desk.files()
            #expect(files.count >= 5)
            for data in files {
                for plain in ["张三", "宣传页", "410102001001", "日期"] {
                    #expect(data.range(of: Data(plain.utf8)) == nil)
                }
            }
            try await desk.press("disposal", discarded)
            #expect(try await desk.state(discarded) == .discarded)
            let names = try FileManager.default.contentsOfDirectory(
                atPath: desk.test.folder.uploads)
            #expect(names == [left.text])

            clock.advance(Int64(UploadLimits.keptDays - 1) * 86_400_000)
            #expect(try await desk.uploads.sweep() == 0)
            #expect(try await desk.state(left) == .judged)
            clock.advance(2 * 86_400_000)
            #expect(try await desk.uploads.sweep() == 1)
            #expect(try await desk.state(left) == .discarded)
            #expect(try desk.files().isEmpty)
        }
    }

    @Test(arguments: Engine.available)
    func aLongListComesInPagesAndWithItsFaultsAsCSV(on engine: Engine) async throws {
        try await UploadDistrict.with(engine) { desk in
            let wrong = (0..<120).map { "2015-03-01,410102001001,x\($0),坏\($0)\n" }.joined()
            let id = try await desk.upload(UploadDistrict.leaflets(130) + wrong)
            try await desk.work()
            let first = try await desk.page(id)
            #expect(first.text.contains("第 1 页，共 3 页"))
            #expect(first.text.contains("宣传页99<") && !first.text.contains("宣传页100<"))
            let last = try await desk.page(id, "?page=3")
            #expect(last.text.contains("坏119<") && !last.text.contains("坏69<"))
            #expect(try await desk.page(id, "?only=wrong&page=2").text.contains("坏119<"))
            for page in ["0", "-1", "x", "99999999999999999999", "%3Cscript%3E"] {
                let answer = try await desk.page(id, "?page=\(page)")
                #expect(answer.status == 422)
                #expect(!answer.text.contains("<script>"))
            }
            let csv = try await desk.client.page(
                "/uploads/\(id)/faults.csv", as: desk.secretary, language: .en)
            #expect(csv.headers[.contentDisposition]?.hasPrefix("attachment") == true)
            #expect(csv.text.split(separator: "\r\n").count == 121)
            #expect(csv.text.contains("132,Copies (column C),“x0” is not a number"))
        }
    }

    @Test(arguments: Engine.available)
    func theFaultsOfAFileWhoseHeadingsAreWrongNameTheHeadings(on engine: Engine) async throws {
        try await UploadDistrict.with(engine) { desk in
            let id = try await desk.upload("日期,单位,分数,名称\n2015-03-01,410102001001,3,甲\n")
            try await desk.work()
            let page = try await desk.page(id)
            #expect(page.text.contains("分数"))
            let csv = try await desk.client.page("/uploads/\(id)/faults.csv", as: desk.secretary)
            #expect(csv.status == 200)
            let lines = csv.text.split(separator: "\r\n")
            #expect(lines.count > 1, "\(csv.text)")
            #expect(lines.dropFirst().contains { $0.hasPrefix("1,") && $0.contains("分数") })
        }
    }

    @Test(arguments: Engine.available)
    func personsAreShownAsTheyWereWrittenAndNowhereElse(on engine: Engine) async throws {
        try await UploadDistrict.with(engine) { desk in
            try await desk.test.accept(
                "人员编号,姓名,单位\nP-77,王同名,410102001002\nP-78,王同名,410102001002\n",
                what: "persons")
            let id = try await desk.upload(
                "日期,单位,主题,授课人\n2015-03-01,410102001,作风,王同名\n", kind: "lecture",
                as: desk.leader)
            try await desk.work()
            let page = try await desk.page(id, as: desk.leader)
            #expect(page.text.contains("“王同名”不止一人，请改填编号：P-77、P-78。"))
            let csv = try await desk.client.page(
                "/uploads/\(id)/faults.csv", as: desk.leader)
            #expect(!csv.text.contains("王同名") && !csv.text.contains("P-77"))

            // Of persons in units that are not theirs, not even the numbers are told.
            let bureau = try await desk.test.account(
                "juzhang", role: "bureau_lead", unit: "BUR-EDU")
            let other = try await desk.upload(
                "日期,单位,主题,授课人\n2015-03-01,BUR-EDU,作风,王同名\n", kind: "lecture",
                as: bureau)
            try await desk.work()
            let told = try await desk.page(other, as: bureau).text
            #expect(told.contains("“王同名”不止一人，请改填人员编号。"))
            #expect(!told.contains("P-77"))
        }
    }

    @Test(arguments: Engine.available)
    func whatWasUndoneAtTheTerminalIsUndoneOnThePage(on engine: Engine) async throws {
        try await UploadDistrict.with(engine) { desk in
            let id = try await desk.upload(UploadDistrict.leaflets(1))
            try await desk.work()
            try await desk.press("publication", id)
            try await desk.work()
            let imported = try await desk.test.database.read {
                try UploadStore(db: $0).find(id)?.importID
            }
            try await desk.test.district.reverseImport(
                try #require(imported), by: TestDistrict.actor)
            let page = try await desk.page(id)
            #expect(page.text.contains("已撤销"))
            #expect(page.hidden(for: "/uploads/\(id)/reversal").isEmpty)
        }
    }

    @Test(arguments: Engine.available)
    func anUndoingThatSomethingRestsOnIsRefusedInWords(on engine: Engine) async throws {
        try await UploadDistrict.with(engine) { desk in
            let id = try await desk.upload(
                "编号,日期,单位,份数,名称\nR-1,2015-03-01,410102001001,8,宣传页\n")
            try await desk.work()
            try await desk.press("publication", id)
            try await desk.work()
            let reversal = try await desk.test.accept(
                "日期,单位,冲销,理由\n2015-03-02,410102001001,R-1,写错\n", what: "material")
            let no = try await desk.press("reversal", id, as: desk.leader)
            #expect(no.status == 409)
            #expect(no.text.contains("后来的记录结束或作废了其中的记录"))
            #expect(try await desk.state(id) == .published)
            #expect(try await desk.press("reversal", id, as: desk.other).status >= 400)
            try await desk.test.district.reverseImport(reversal, by: TestDistrict.actor)
            #expect(try await desk.press("reversal", id, as: desk.leader).status == 303)
            #expect(try await desk.facts() == 0)
        }
    }
}
