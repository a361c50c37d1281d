import Core
import HummingbirdTesting
import ReportDesk
import Reports
import Storage
import TestKit
import Testing

struct ReviewTests {
    /// Hands a report in.
    private func handIn(
        _ report: String, _ desk: WritingDistrict, as reader: SignedIn? = nil
    ) async throws -> PageAnswer {
        try await desk.client.submit(
            report, [:], to: "\(report)/review", as: reader ?? desk.writer)
    }

    @Test(arguments: Engine.available)
    func aReportIsReviewedSignedIssuedAndWithdrawn(on engine: Engine) async throws {
        try await WritingDistrict.with(engine) { desk in
            let report = try await desk.begin()
            #expect(try await handIn(report, desk).status == 303)
            // What was handed in stays as it is.
            let late = try await desk.client.page("\(report)/sections/1", as: desk.writer)
            #expect(late.text.contains("文字不能再改") && !late.text.contains("body_zh"))
            // Whoever handed it in does not review it.
            let own = try await desk.step(
                "review", ["field.outcome": "agreed"], of: report, as: desk.writer)
            #expect(own.status != 303)
            let back = try await desk.step(
                "review", ["field.outcome": "sent_back"], of: report, as: desk.reviewer)
            #expect(back.status == 303, "\(back.text)")
            let page = try await desk.client.page(report, as: desk.writer)
            #expect(page.text.contains("退回修改"))
            #expect(
                try await desk.write("1", "走访居民[[visit.count]]。", in: report).status == 303)
            #expect(try await handIn(report, desk).status == 303)
            let agreed = try await desk.step(
                "review", ["field.outcome": "agreed"], of: report, as: desk.reviewer)
            #expect(agreed.status == 303, "\(agreed.text)")
            let early = try await desk.client.page(report, as: desk.signer)
            #expect(!early.text.contains("\(report)/issue"))
            let signed = try await desk.step(
                "sign", ["field.outcome": "signed"], of: report, as: desk.signer)
            #expect(signed.status == 303, "\(signed.text)")
            let forged = try await desk.client.page(report, as: desk.writer)
            #expect(!forged.text.contains("\(report)/issue"))
            let issued = try await desk.client.submit(
                report, [:], to: "\(report)/issue", as: desk.signer)
            #expect(issued.status == 303, "\(issued.text)")
            let address = try #require(issued.location)
            let text = try await desk.client.page(address)
            #expect(text.status == 200 && text.text.contains("走访居民<a class=\"figure\""))
            #expect(try await desk.count("pin") == 2)
            try await archive(address, desk)
            try await withdraw(address, report, desk)
        }
    }

    private func archive(_ address: String, _ desk: WritingDistrict) async throws {
        let year = try await desk.client.page("/reports?year=2015")
        #expect(year.text.contains(address))
        let other = try await desk.client.page("/reports?year=2014")
        #expect(other.status == 200 && !other.text.contains(address))
    }

    private func withdraw(
        _ address: String, _ report: String, _ desk: WritingDistrict
    ) async throws {
        let form = "\(address)/withdrawal"
        #expect(try await desk.client.page(form, as: desk.writer).status == 404)
        let bare = try await desk.client.submit(form, ["why": "错"], as: desk.signer)
        #expect(bare.status == 422)
        let done = try await desk.client.submit(form, ["why": "数字有误，另行印发"], as: desk.signer)
        #expect(done.status == 303, "\(done.text)")
        let text = try await desk.client.page(address)
        #expect(text.text.contains("不再有效") && text.text.contains("数字有误，另行印发"))
        let list = try await desk.client.page("/reports")
        #expect(list.text.contains("已撤回"))
        let again = try await desk.client.submit(form, ["why": "再撤一次"], as: desk.signer)
        #expect(again.status == 409)
        let page = try await desk.client.page(report, as: desk.writer)
        #expect(page.text.contains("已撤回"))
        #expect(
            try await desk.test.district.database.read { db in
                try db.value(
                    """
                    SELECT COUNT(*) FROM record WHERE step IS NOT NULL AND kind IN
                        ('report_issuing', 'report_withdrawing')
                    """, as: Int.self)
            } == 2)
    }

    @Test(arguments: Engine.available)
    func whoWroteInAReportDoesNotSignIt(on engine: Engine) async throws {
        try await WritingDistrict.with(engine) { desk in
            let report = try await desk.begin()
            // The signer wrote a sentence; another hands it in.
            #expect(
                try await desk.write(
                    "1", "走访居民[[visit.count]]。", in: report, as: desk.signer
                ).status == 303)
            #expect(try await handIn(report, desk).status == 303)
            for (step, outcome, reader) in [
                ("review", "agreed", desk.reviewer), ("sign", "signed", desk.signer),
            ] {
                let taken = try await desk.step(
                    step, ["field.outcome": outcome], of: report, as: reader)
                #expect(taken.status == 303, "\(taken.text)")
            }
            let issued = try await desk.client.submit(
                report, [:], to: "\(report)/issue", as: desk.reviewer)
            #expect(issued.status == 409 && issued.text.contains("没有参与起草"), "\(issued.text)")
            #expect(try await desk.count("report") == 0)
        }
    }

    @Test(arguments: Engine.available)
    func theSameTextServesAnotherPeriodAndAnotherUnit(on engine: Engine) async throws {
        try await WritingDistrict.with(engine) { desk in
            let report = try await desk.begin()
            #expect(
                try await desk.write("1", "{span}走访居民[[visit.count]]。", in: report).status == 303)
            let id = String(try #require(report.split(separator: "/").last))
            let answer = try await desk.client.submit(
                "/reports/desk/new",
                [
                    "begins_from": id, "unit": "410102001001", "period": "2015-Q2",
                    "own_title": "{unit}{period}小结",
                ], as: desk.writer)
            #expect(answer.status == 303, "\(answer.text)")
            let page = try await desk.client.page(
                try #require(answer.location), as: desk.writer)
            #expect(page.text.contains("一社区2015年第2季度小结"), "\(page.text)")
            #expect(page.text.contains("二季度走访居民") && page.text.contains(">3次</a>"))
        }
    }
}
