import Core
import Foundation
import HummingbirdTesting
import Ledger
import Storage
import TestKit
import Testing
import Uploads

struct UploadRefusalTests {
    @Test(arguments: Engine.available)
    func whoMayNotBringFilesFindsNothing(on engine: Engine) async throws {
        try await UploadDistrict.with(engine) { desk in
            let id = try await desk.upload(UploadDistrict.leaflets(2))
            let pages = [
                "/uploads", "/uploads/kinds/material", "/uploads/template/material.xlsx",
                "/uploads/\(id)", "/uploads/\(id)/faults.csv",
            ]
            for page in pages {
                let visitor = try await desk.client.page(page)
                #expect(visitor.status == 303, "\(page)")
                #expect(visitor.location?.hasPrefix("/sign-in") == true)
                let clerk = try await desk.client.page(page, as: desk.clerk)
                #expect(clerk.status == 404, "\(page)")
                #expect(!clerk.text.contains("宣传页"))
            }
        }
    }

    @Test(arguments: Engine.available)
    func anUploadOfOthersIsNotFoundUnlessAllItsUnitsAreHis(on engine: Engine) async throws {
        try await UploadDistrict.with(engine) { desk in
            let id = try await desk.upload(UploadDistrict.leaflets(2))
            #expect(try await desk.page(id, as: desk.leader).status == 404)
            try await desk.work()
            #expect(try await desk.page(id, as: desk.leader).status == 200)
            #expect(try await desk.page(id, as: desk.other).status == 404)
            #expect(
                try await desk.client.page("/uploads/\(id)/faults.csv", as: desk.other).status
                    == 404)
            #expect(
                !(try await desk.client.page("/uploads", as: desk.other)).text.contains(id.text))
            // A file with faults belongs to its account alone.
            let wrong = try await desk.upload(UploadDistrict.leaflets(1, unit: "NIL"))
            try await desk.work()
            #expect(try await desk.page(wrong, as: desk.leader).status == 404)
            #expect(try await desk.page(wrong).status == 200)
        }
    }

    @Test(arguments: Engine.available)
    func nobodyElsePublishesDiscardsOrReplaces(on engine: Engine) async throws {
        try await UploadDistrict.with(engine) { desk in
            let id = try await desk.upload(UploadDistrict.leaflets(2))
            try await desk.work()
            let page = try await desk.page(id, as: desk.leader)
            for button in ["publication", "disposal", "file", "judgement"] {
                #expect(page.hidden(for: "/uploads/\(id)/\(button)").isEmpty, "\(button)")
                // Their own hidden fields, from another page of theirs and from its account's page.
                for reader in [desk.leader, desk.secretary] {
                    var hidden = try await desk.client.page(
                        "/uploads/kinds/material", as: reader
                    ).hidden(for: "/uploads/kinds/material")
                    if reader.id == desk.secretary.id {
                        hidden = try await desk.page(id).hidden(for: "/uploads/\(id)/\(button)")
                    }
                    let answer = try await desk.client.send(
                        "/uploads/\(id)/\(button)", hidden.map { ($0.key, $0.value) },
                        as: desk.leader)
                    #expect(answer.status >= 400, "\(button) \(answer.status)")
                }
            }
            #expect(try await desk.state(id) == .judged)
            #expect(try await desk.facts() == 0)
        }
    }

    @Test(arguments: Engine.available)
    func aForgedFormIsRefusedAndLeavesNothing(on engine: Engine) async throws {
        try await UploadDistrict.with(engine) { desk in
            let bytes = Array(UploadDistrict.leaflets(2).utf8)
            let page = "/uploads/kinds/material"
            let good = try await desk.client.page(page, as: desk.secretary).hidden(for: page)
            let foreign = try await desk.client.page(page, as: desk.leader).hidden(for: page)
            var bent = good
            bent["_token"] = String((good["_token"] ?? "").reversed())
            for hidden in [[:], foreign, bent] {
                let answer = try await desk.send(
                    bytes, from: page, as: desk.secretary, hidden: hidden)
                #expect(answer.status >= 400 && answer.status < 500, "\(answer.status)")
            }
            #expect(try await desk.count(of: "upload") == 0)
            #expect(try desk.files().isEmpty)
        }
    }

    @Test(arguments: Engine.available)
    func aChangedHiddenFilePublishesNothing(on engine: Engine) async throws {
        try await UploadDistrict.with(engine) { desk in
            let id = try await desk.upload(UploadDistrict.leaflets(2))
            try await desk.work()
            let answer = try await desk.client.submit(
                "/uploads/\(id)", ["file": UploadedFile.ID.make().text],
                to: "/uploads/\(id)/publication", as: desk.secretary)
            #expect(answer.status == 409)
            try await desk.work()
            #expect(try await desk.facts() == 0)
        }
    }

    /// What it holds is looked at when it is read, where it can be.
    @Test func anOldWorkbookIsTakenInWhereItCanBeReadAndElseRefused() async throws {
        try await UploadDistrict.with(.sqlite) { desk in
            let answer = try await desk.send(
                [0xD0, 0xCF, 0x11, 0xE0, 0, 0], named: "list.xlsx",
                from: "/uploads/kinds/material", as: desk.secretary)
            #expect(answer.status == (OtherTable.isReadable ? 303 : 422))
            #expect(answer.text.contains("旧版 Excel") != OtherTable.isReadable)
            #expect(try await desk.count(of: "upload") == (OtherTable.isReadable ? 1 : 0))
            guard OtherTable.isReadable else { return }
            try await desk.work()
            #expect(try await desk.facts() == 0)
        }
    }

    @Test(
        arguments: [
            ("list.csv", Array("%PDF-1.4\nnothing".utf8), "不是表格"),
            ("list.xlsx", [0x50, 0x4B, 0x03, 0x04] + Array("word/document.xml".utf8), "不是 Excel"),
            ("list.csv", [0x89, 0x50, 0x4E, 0x47, 0, 1, 2], "不是表格"),
            ("list.csv", [0xFF, 0xFF, 0xFF, 0x00], "不是表格"),
            ("list.csv", [], "文件是空的"),
        ] as [(String, [UInt8], String)])
    func aFileIsToldByItsContent(name: String, bytes: [UInt8], words: String) async throws {
        try await UploadDistrict.with(.sqlite) { desk in
            let answer = try await desk.send(
                bytes, named: name, from: "/uploads/kinds/material", as: desk.secretary)
            #expect(answer.status == 422)
            #expect(answer.text.contains(words))
            #expect(answer.text.contains("aria-invalid=\"true\""))
            #expect(try await desk.count(of: "upload") == 0)
            #expect(try desk.files().isEmpty)
        }
    }

    @Test func aFileThatIsTooLargeIsRefusedInASentence() async throws {
        try await UploadDistrict.with(.sqlite) { desk in
            let page = "/uploads/kinds/material"
            for (size, status) in [
                (UploadLimits.fileBytes + 1, 422), (UploadLimits.fileBytes + 2 << 20, 413),
            ] {
                let answer = try await desk.send(
                    [UInt8](repeating: 65, count: size), from: page, as: desk.secretary)
                #expect(answer.status == status)
                #expect(answer.text.contains("文件超过 20 MB 的上限"))
            }
            #expect(try await desk.count(of: "upload") == 0)
        }
    }

    @Test func rowsPastTheLimitAreRefusedInASentence() async throws {
        try await UploadDistrict.with(.sqlite) { desk in
            let line = "2015-03-01,410102001001,1,x\n"
            let text =
                "日期,单位,份数,名称\n" + String(repeating: line, count: UploadLimits.rows + 1)
            let id = try await desk.upload(text)
            try await desk.work()
            #expect(try await desk.state(id) == .failed)
            #expect(try await desk.page(id).text.contains("文件超过100000行"))
        }
    }

    @Test(arguments: Engine.available)
    func unitsOfOthersAreFaultsOfTheRow(on engine: Engine) async throws {
        try await UploadDistrict.with(engine) { desk in
            let foreign = "410102001002"
            try await desk.test.accept(
                "编号,日期,单位,份数,名称\nR-9,2015-02-01,\(foreign),8,旧\n", what: "material")
            let id = try await desk.upload(
                """
                编号,日期,单位,份数,名称,冲销,理由
                ,2015-03-01,410102001001,8,本社区,,
                ,2015-03-01,\(foreign),8,别的社区,,
                ,2015-03-01,410102001001,,,R-9,猜的
                """)
            try await desk.work()
            let page = try await desk.page(id, language: .en)
            #expect(page.text.contains("is none of the units you may import for"))
            // What stands elsewhere is not there for them.
            #expect(page.text.contains("There is no record with the number “R-9”"))
            #expect(page.text.contains("2 of 3 rows are to be corrected"))
            #expect(page.hidden(for: "/uploads/\(id)/publication").isEmpty)
            #expect(try await desk.facts() == 1)
        }
    }

    @Test(arguments: Engine.available)
    func kindsThatAreNotHisHaveNoFormAndNoTemplate(on engine: Engine) async throws {
        try await UploadDistrict.with(engine) { desk in
            let sealed = desk.test.district.catalogue.kinds.values
                .filter { $0.visibility == .sealed }.map(\.id)
            try #require(!sealed.isEmpty)
            let list = try await desk.client.page("/uploads", as: desk.secretary).text
            for kind in sealed + ["lecture", "nothing"] {
                #expect(!list.contains("value=\"\(kind)\""), "\(kind)")
                for page in ["/uploads/kinds/\(kind)", "/uploads/template/\(kind).xlsx"] {
                    let answer = try await desk.client.page(page, as: desk.secretary)
                    #expect(answer.status == 404, "\(page)")
                }
            }
            #expect(list.contains("value=\"material\""))
        }
    }

    @Test(arguments: Engine.available)
    func soManyAndNoMoreWaitAtOnce(on engine: Engine) async throws {
        try await UploadDistrict.with(engine) { desk in
            for number in 0..<UploadLimits.workingPerAccount {
                _ = try await desk.upload(UploadDistrict.leaflets(1, title: "第\(number)批"))
            }
            let kept = try desk.files().count
            let answer = try await desk.send(
                Array(UploadDistrict.leaflets(1).utf8), from: "/uploads/kinds/material",
                as: desk.secretary)
            #expect(answer.status == 409)
            #expect(answer.text.contains("您已有5个文件在处理"))
            #expect(try desk.files().count == kept)
            // Others are not kept waiting by them.
            _ = try await desk.upload(
                UploadDistrict.leaflets(1, unit: "410102001002"), as: desk.other)
            try await desk.work()
            _ = try await desk.upload(UploadDistrict.leaflets(1))
        }
    }

    @Test func aFullDiskIsSaidInASentence() throws {
        let link = FileManager.default.temporaryDirectory.path + "/full-\(UUID().uuidString)"
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: "/dev/full")
        defer { try? FileManager.default.removeItem(atPath: link) }
        let no = #expect(throws: Refusal.self) {
            try UploadFolder.write([1, 2, 3], to: link)
        }
        #expect(no?.text(.en).contains("The server's disk is full") == true)
    }

    @Test(arguments: Engine.available)
    func aFileChangedOnTheDiskIsNotRead(on engine: Engine) async throws {
        try await UploadDistrict.with(engine) { desk in
            let id = try await desk.upload(UploadDistrict.leaflets(2))
            let folder = desk.test.folder.uploads + "/" + id.text
            for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
                var data = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
                data[20] ^= 1
                try data.write(to: URL(fileURLWithPath: folder + "/" + name))
            }
            try await desk.work()
            #expect(try await desk.state(id) == .failed)
            #expect(try await desk.page(id).text.contains("服务器上保存的文件已损坏"))
        }
    }

    @Test func aDamagedWorkbookAndStrangeHeadingsAreSaidInSentences() async throws {
        try await UploadDistrict.with(.sqlite) { desk in
            let damaged: [UInt8] = [0x50, 0x4B, 0x03, 0x04] + Array("xl/workbook.xml".utf8)
            let book = try await desk.upload(damaged, named: "a.xlsx")
            let strange = try await desk.upload("日期,单位,<b>鞋码</b>\n2015-03-01,1,40\n")
            try await desk.work()
            #expect(try await desk.page(book).text.contains("工作簿已损坏"))
            let page = try await desk.page(strange)
            #expect(page.text.contains("不认识标题"))
            #expect(!page.text.contains("<b>鞋码"))
        }
    }
}
