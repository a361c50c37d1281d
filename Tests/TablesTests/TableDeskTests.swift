import Core
import HummingbirdTesting
import Storage
import TestKit
import Testing

struct TableDeskTests {
    @Test(arguments: Engine.available)
    func whatIsNoWorkbookIsRefusedWithASentence(on engine: Engine) async throws {
        try await DeskDistrict.with(engine) { desk in
            for (bytes, words) in [
                (Array("社区,份数\n".utf8), "没有表格样式"), (Array("PK".utf8), "没有表格样式"),
                (Array("%PDF-1.4".utf8), "PDF"), ([UInt8](), "空"),
            ] {
                let answer = try await desk.send(
                    bytes, DeskDistrict.head, from: "/tables/new", as: desk.street)
                #expect(answer.status == 422 && answer.text.contains(words), "\(answer.text)")
                // What was written is still there.
                #expect(answer.text.contains("区委宣传部"))
            }
            let tables = try await desk.test.database.read {
                try $0.value("SELECT COUNT(*) FROM desk_table", as: Int.self)
            }
            #expect(tables == 0)
        }
    }

    @Test(arguments: Engine.available)
    func unitsAreFoundAsTheSuperiorNamesThem(on engine: Engine) async throws {
        try await DeskDistrict.with(engine) { desk in
            let id = try await desk.bring()
            let marks = try await desk.client.page("/tables/\(id)/marks", as: desk.street)
            // What is proposed stands in the form: rows 3 to 4 of column A.
            #expect(marks.text.contains("name=\"first_row\" value=\"3\""))
            #expect(marks.text.contains("name=\"last_row\" value=\"4\""))
            let wrong = try await desk.client.submit(
                "/tables/\(id)/marks", ["first_row": "5", "last_row": "3", "unit_column": "Z"],
                to: "/tables/\(id)/rows", as: desk.street)
            #expect(wrong.status == 422 && wrong.text.contains("末行在首行之前"))
            _ = try await desk.client.submit(
                "/tables/\(id)/marks", ["first_row": "3", "last_row": "5", "unit_column": "a"],
                to: "/tables/\(id)/rows", as: desk.street)
            let rows = try await desk.test.database.read { db in
                try db.rows(
                    """
                    SELECT r.label, v.name FROM desk_table_row r
                    LEFT JOIN org_unit_version v ON v.unit_id = r.unit_id ORDER BY r.row_number
                    """
                ).map { row in
                    let unit = try row.optionalAt(1, as: String.self)
                    return "\(try row.at(0, as: String.self)) \(unit ?? "–")"
                }
            }
            #expect(rows == ["1.一社区 一社区", "二社区（代管） 二社区", "合计 –"])
            let open = try await desk.client.page("/tables/\(id)/marks", as: desk.street)
            #expect(open.text.contains("已认出2个单位，1行待确认"))
            #expect(open.text.contains("第5行：合计"))
        }
    }

    @Test(arguments: Engine.available)
    func theSecondMonthShowsTheCellsThatChangedAndNoOthers(on engine: Engine) async throws {
        try await DeskDistrict.with(engine) { desk in
            let id = try await desk.mark()
            let may = try await desk.client.page("/tables/\(id)?period=2015-05", as: desk.street)
            #expect(may.status == 200 && may.text.contains("首次填报"), "\(may.text)")
            let done = try await desk.confirm(id, "2015-05")
            #expect(done.status == 303, "\(done.text)")
            let june = try await desk.client.page("/tables/\(id)?period=2015-06", as: desk.street)
            // The numbers of both communities; neither code nor year.
            #expect(june.text.contains("本期2格有变化"), "\(june.text)")
            for cell in ["B3", "B4"] { #expect(june.text.contains(">\(cell)</a>")) }
            for cell in ["C3", "C4", "D3", "E3"] { #expect(!june.text.contains(">\(cell)</a>")) }
            let cell = try await desk.client.page(
                "/tables/\(id)?period=2015-06&cell=B3", as: desk.street)
            #expect(cell.text.contains("上期：12"))
            #expect(
                cell.text.contains(
                    "/figures/material.copies?unit=410102001001&amp;period=2015-06"))
        }
    }

    @Test(arguments: Engine.available)
    func whatIsWrittenAgainstTheLedgerSaysWhyAndStaysVisible(on engine: Engine) async throws {
        try await DeskDistrict.with(engine) { desk in
            let id = try await desk.mark()
            let page = "/tables/\(id)?period=2015-06&cell=B3"
            let bare = try await desk.client.submit(
                page, ["value": "39", "reason": ""], to: "/tables/\(id)/cell", as: desk.street)
            #expect(bare.status == 422 && bare.text.contains("请写明为什么"))
            let forged = try await desk.client.send(
                "/tables/\(id)/cell", [("cell", "B3")], as: desk.first)
            #expect(forged.status != 303)
            let written = try await desk.client.submit(
                page, ["value": "39", "reason": "两份损毁未发"], to: "/tables/\(id)/cell",
                as: desk.street)
            #expect(written.status == 303, "\(written.text)")
            let shown = try await desk.client.page(page, as: desk.street)
            #expect(shown.text.contains("填39，台账41。原因：两份损毁未发"))
            let (status, bytes) = try await desk.file(
                "/tables/\(id)/filled.xlsx?period=2015-06", as: desk.street)
            #expect(status == 200)
            let cells = try desk.cells(bytes)
            #expect(cells.contains("'1.一社区'|39|'410102001001'||2015"), "\(cells)")
            #expect(cells.contains("'二社区（代管）'|7|'410102001002'||2015"))
            #expect(cells.contains("填39，台账41。原因：两份损毁未发"))
            #expect(cells.contains("/figures/material.copies?unit=410102001002"))
            let back = try await desk.client.submit(
                page, ["value": "", "reason": ""], to: "/tables/\(id)/cell", as: desk.street)
            #expect(back.status == 303)
            let again = try await desk.client.page(page, as: desk.street)
            #expect(!again.text.contains("台账41") && again.text.contains(">41<"))
        }
    }

    @Test(arguments: Engine.available)
    func aUnitFillsItsOwnRowAndSeesNoOther(on engine: Engine) async throws {
        try await DeskDistrict.with(engine) { desk in
            let id = try await desk.mark()
            let mine = "/tables/\(id)/mine?period=2015-06"
            let page = try await desk.client.page(mine, as: desk.first)
            #expect(page.status == 200 && page.text.contains("一社区"), "\(page.text)")
            #expect(!page.text.contains("二社区"))
            // Nobody writes into the row of another unit.
            let hidden = page.hidden(for: "/tables/\(id)/mine")
            let forged = try await desk.client.send(
                "/tables/\(id)/mine",
                hidden.merging(["row": "4", "value": "假"]) { $1 }.map { ($0.key, $0.value) },
                as: desk.first)
            #expect(forged.status == 404)
            let sent = try await desk.client.submit(
                mine, ["value": "已全部发放"], to: "/tables/\(id)/mine", as: desk.first)
            #expect(sent.status == 303, "\(sent.text)")
            let whole = try await desk.client.page(
                "/tables/\(id)?period=2015-06&show=all", as: desk.street)
            #expect(whole.text.contains("已全部发放") && whole.text.contains("2个单位中1个已报"))
            #expect(
                try await desk.client.page("/tables/\(id)/filled.xlsx", as: desk.first).status
                    == 404)
            for address in ["/tables/\(id)/marks", "/tables/\(id)/confirmation"] {
                #expect(try await desk.client.page(address, as: desk.second).status == 404)
            }
            let back = try await desk.client.submit(
                "/tables/\(id)?period=2015-06", ["note": "请写明数量", "row": "3"],
                to: "/tables/\(id)/return", as: desk.street)
            #expect(back.status == 303, "\(back.text)")
            let returned = try await desk.client.page(mine, as: desk.first)
            #expect(returned.text.contains("已退回") && returned.text.contains("请写明数量"))
            let told = try await desk.client.page("/my/messages", as: desk.first)
            #expect(told.text.contains("您填的报表被退回"))
        }
    }

    @Test(arguments: Engine.available)
    func whatChangedSinceThePageWasOpenedIsNotConfirmed(on engine: Engine) async throws {
        try await DeskDistrict.with(engine) { desk in
            let id = try await desk.mark()
            let page = try await desk.client.page(
                "/tables/\(id)?period=2015-06", as: desk.street)
            let hidden = page.hidden(for: "/tables/\(id)/confirmation")
            try await desk.test.accept(
                "日期,单位,份数,名称\n2015-06-09,410102001001,5,补充\n", what: "material")
            let late = try await desk.client.send(
                "/tables/\(id)/confirmation", hidden.map { ($0.key, $0.value) }, as: desk.street)
            #expect(late.status == 409 && late.text.contains("没有确认"))
            let fillings = try await desk.test.database.read {
                try $0.value("SELECT COUNT(*) FROM desk_table_filling", as: Int.self)
            }
            #expect(fillings == 0)
            #expect(try await desk.confirm(id, "2015-06").status == 303)
        }
    }

    @Test(arguments: Engine.available)
    func aTableOffTheListIsDeclinedWithItsGround(on engine: Engine) async throws {
        try await DeskDistrict.with(engine) { desk in
            let id = try await desk.mark()
            let bare = try await desk.client.submit(
                "/tables/\(id)", ["reason": "不"], to: "/tables/\(id)/refusal", as: desk.street)
            #expect(bare.status == 422)
            let declined = try await desk.client.submit(
                "/tables/\(id)", ["reason": "未列入年度报表目录，不予填报。"],
                to: "/tables/\(id)/refusal", as: desk.street)
            #expect(declined.status == 303, "\(declined.text)")
            let page = try await desk.client.page("/tables/\(id)", as: desk.street)
            #expect(page.text.contains("已退回不填") && page.text.contains("未列入年度报表目录"))
            #expect(try await desk.client.page("/tables/\(id)/mine", as: desk.first).status == 404)
        }
    }

    @Test(arguments: Engine.available)
    func theRegisterTellsEverybodySumsAndNamesNoUnit(on engine: Engine) async throws {
        try await DeskDistrict.with(engine) { desk in
            _ = try await desk.mark()
            let visitor = try await desk.client.page("/tables")
            #expect(visitor.status == 200 && visitor.text.contains("75%"))
            #expect(!visitor.text.contains("宣传品发放统计表") && !visitor.text.contains("一社区"))
            let street = try await desk.client.page("/tables", as: desk.street)
            #expect(street.text.contains("宣传品发放统计表") && street.text.contains("3/4"))
            let other = try await desk.test.account("wai", role: "bureau_staff", unit: "BUR-EDU")
            let outside = try await desk.client.page("/tables", as: other)
            #expect(!outside.text.contains("宣传品发放统计表"))
        }
    }

    @Test(arguments: Engine.available)
    func aTableForOnesOwnUnitsAsksOnlyWhatTheLedgerDoesNotKnow(on engine: Engine) async throws {
        try await DeskDistrict.with(engine) { desk in
            let made = try await desk.client.submit(
                "/tables/own",
                [
                    "title": "防汛物资摸底", "level": "community", "rhythm": "month",
                    "due_days": "3", "columns": "印制发放宣传页\n沙袋（个）\n",
                ], as: desk.street)
            #expect(made.status == 303, "\(made.text)")
            let id = try #require(
                try await desk.test.database.read {
                    try $0.value("SELECT id FROM desk_table", as: String.self)
                })
            let mine = "/tables/\(id)/mine?period=2015-06"
            let page = try await desk.client.page(mine, as: desk.first)
            #expect(page.text.contains("沙袋（个）") && page.text.contains("台账已有，不用填"))
            #expect(page.text.contains("<dd>41</dd>"))
            #expect(
                try await desk.client.page("/my/messages", as: desk.first).text
                    .contains("上级下发了报表"))
            _ = try await desk.client.submit(
                mine, ["value": "080"], to: "/tables/\(id)/mine", as: desk.first)
            let (status, bytes) = try await desk.file(
                "/tables/\(id)/filled.xlsx?period=2015-06", as: desk.street)
            #expect(status == 200)
            // What begins with a zero stays as it was written.
            #expect(try desk.cells(bytes).contains("'一社区'|41|'080'"))
        }
    }
}
