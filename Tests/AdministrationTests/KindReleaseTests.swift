import Catalogue
import Core
import Foundation
import HummingbirdTesting
import Ledger
import Storage
import TestKit
import Testing

/// What lies in the folder, what was changed by hand, and what records hold fast.
@Suite struct KindReleaseTests {
    private func write(_ text: String, to path: String) throws {
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    @Test(arguments: Engine.available)
    func aFolderWithAFaultIsNotWrittenInto(on engine: Engine) async throws {
        try await KindMaker.with(engine) { maker in
            let id = try await maker.begin()
            try await maker.done("/admin/kinds/\(id)/sending", ["from": "2015-06-01"])
            let other = maker.district.folder.catalogue + "/kinds/other.yaml"
            try write("other: {shape: round}\n", to: other)
            let refused = try await maker.release(id)
            #expect(refused.status == 409 && refused.text.contains("kinds/other.yaml"))
            #expect(!FileManager.default.fileExists(atPath: maker.file("kinds", id)))
            #expect(try await maker.count("SELECT COUNT(*) FROM own_kind_version") == 0)
            // Somebody gave the name in a file meanwhile.
            try write(
                "\(id): {name: {zh: 种树, en: Planting}, visibility: internal}\n", to: other)
            let taken = try await maker.release(id)
            #expect(taken.status == 409 && taken.text.contains("is defined in kinds/other.yaml"))
            try FileManager.default.removeItem(atPath: other)
            #expect(try await maker.release(id).status == 303)
            #expect(try maker.restarted().district.catalogue.kinds[id] != nil)
        }
    }

    @Test func aCrashWhileFilesAreWrittenLeavesAFolderThatIsRead() async throws {
        try await KindMaker.with(.sqlite) { maker in
            let id = try await maker.begin()
            try await maker.sendAndRelease(id)
            // The kind is there, the figure only half, under the name it has while it is written.
            let figure = maker.file("indicators", id)
            try FileManager.default.removeItem(atPath: figure)
            let folder = (figure as NSString).deletingLastPathComponent
            try write("own.figure:\n  name: {zh: \"植", to: folder + "/.own_\(id).yaml.new")
            #expect(try maker.restarted().district.catalogue.kinds[id] != nil)
            let page = try await maker.client.page("/admin/kinds/\(id)", as: maker.officer)
            #expect(page.text.contains("文件不全"))
            #expect(try await maker.release(id).status == 303)
            #expect(try maker.restarted().district.catalogue.indicators["\(id).figure"] != nil)
        }
    }

    @Test(arguments: Engine.available)
    func aFileChangedByHandIsShownAndNotWrittenOver(on engine: Engine) async throws {
        try await KindMaker.with(engine) { maker in
            let id = try await maker.begin()
            try await maker.sendAndRelease(id)
            let path = maker.file("kinds", id)
            let written = try String(contentsOfFile: path, encoding: .utf8)
            let byHand = written.replacing("植树活动", with: "义务植树")
            try write(byHand, to: path)
            let page = try await maker.client.page("/admin/kinds/\(id)", as: maker.officer)
            #expect(page.text.contains("文件已手工修改"))
            try await maker.add(["zh": "地点", "form": "text"], to: id)
            try await maker.done("/admin/kinds/\(id)/sending", ["from": "2015-06-01"])
            let refused = try await maker.release(id)
            #expect(refused.status == 409 && refused.text.contains("手工修改"))
            #expect(try String(contentsOfFile: path, encoding: .utf8) == byHand)
            #expect(try await maker.release(id, ["overwrite": "1"]).status == 303)
            let now = try String(contentsOfFile: path, encoding: .utf8)
            #expect(now.contains("地点") && now.contains("第2版，2015-07-01"))
            let shown = try await maker.client.page(
                "/admin/kind-releases/\(id)", as: maker.security)
            #expect(shown.text.contains("新增“地点”") && shown.text.contains("首次审核通过"))
        }
    }

    @Test(arguments: Engine.available)
    func whatRecordsMeanStaysAndALabelMayChange(on engine: Engine) async throws {
        try await KindMaker.with(engine) { maker in
            let id = try await maker.begin()
            try await maker.add(
                ["zh": "树种", "form": "choice", "options": "国槐 / Pagoda tree\n法桐 / Plane"], to: id)
            try await maker.sendAndRelease(id)
            let district = try maker.restarted()
            try await district.accept(
                "日期,单位,树种\n2015-06-12,410102001001,国槐\n", what: id)
            let about = try await maker.client.submit(
                "/admin/kinds/\(id)/about",
                KindMaker.planting.merging(["shape": "standing"]) { $1 },
                as: maker.officer)
            #expect(about.status == 422 && about.text.contains("已有记录，这一项不能再改"))
            let field = "/admin/kinds/\(id)/fields/shu_zhong"
            for change in [
                ["zh": "树种", "form": "text"],
                ["zh": "树种", "form": "choice", "options": "法桐 / Plane\n银杏"],
            ] {
                let answer = try await maker.client.submit(field, change, as: maker.officer)
                #expect(answer.status == 422 && answer.text.contains("已有记录"), "\(change)")
            }
            let gone = try await maker.client.submit(
                "/admin/kinds/\(id)", [:], to: field + "/removal", as: maker.officer)
            #expect(gone.status == 409)
            // A name in one language at a time, and another option.
            try await maker.done(
                field,
                [
                    "zh": "树的种类", "form": "choice",
                    "options": "槐树 / Pagoda tree\n法桐 / Plane\n银杏 / Ginkgo",
                ])
            try await maker.done(
                "/admin/kinds/\(id)/sending", ["from": "2015-06-01", "until": "2015-06-25"])
            #expect(try await maker.release(id).status == 303)
            let newer = try maker.restarted()
            let kind = try #require(newer.district.catalogue.kinds[id])
            #expect(kind.fields[0].options.map(\.id) == ["guo_huai", "fa_tong", "yin_xing"])
            #expect(kind.fields[0].options[0].name.zh == "槐树")
            #expect(try await newer.answer("\(id).figure", "410102", "2015-H1").numerator == 1)
            let late = try await newer.importText(
                "日期,单位,树的种类\n2015-06-25,410102001001,槐树\n", what: id)
            guard case .refused(let faults) = late else {
                Issue.record("an entry was taken after the end")
                return
            }
            #expect(faults[0].fault.words.zh.contains("自2015-06-25起不再填报"))
        }
    }

    @Test(arguments: Engine.available)
    func aKindThatIsSentBackSaysWhyAndWaitsNoLonger(on engine: Engine) async throws {
        try await KindMaker.with(engine) { maker in
            let id = try await maker.begin()
            try await maker.done("/admin/kinds/\(id)/sending", ["from": "2015-06-01"])
            let address = "/admin/kind-releases/\(id)"
            let empty = try await maker.client.submit(
                address, ["reason": ""], to: address + "/return", as: maker.security)
            #expect(empty.status == 422)
            let back = try await maker.client.submit(
                address, ["reason": "不必公开到每条记录"], to: address + "/return",
                as: maker.security)
            #expect(back.status == 303)
            let page = try await maker.client.page("/admin/kinds/\(id)", as: maker.officer)
            #expect(page.text.contains("不必公开到每条记录") && page.text.contains("草稿"))
            #expect(try await maker.release(id).status != 303)
            try await maker.done("/admin/kinds/\(id)/sending", ["from": "2015-06-01"])
            // A change after it was sent is not let go with what was looked at before.
            let open = try await maker.client.page(address, as: maker.security)
            try await maker.add(["zh": "地点", "form": "text"], to: id)
            let stale = try await maker.client.send(
                address, open.hidden(for: address).map { ($0.key, $0.value) }, as: maker.security)
            #expect(stale.status == 409)
            #expect(try await maker.count("SELECT COUNT(*) FROM own_kind_version") == 0)
        }
    }
}
