import Catalogue
import Core
import Foundation
import HummingbirdTesting
import Ledger
import Storage
import TestKit
import Testing

/// A kind made on pages, from its name to the figure of its records.
@Suite struct OwnKindTests {
    @Test(arguments: Engine.available)
    func nobodyElseMakesAKindAndWhoMakesItDoesNotReleaseIt(on engine: Engine) async throws {
        try await KindMaker.with(engine) { maker in
            let id = try await maker.begin()
            try await maker.done("/admin/kinds/\(id)/sending", ["from": "2015-06-01"])
            for one in [maker.clerk, maker.security] {
                for page in ["", "/new", "/\(id)", "/\(id)/about", "/\(id)/trial", "/\(id)/figure"]
                {
                    let answer = try await maker.client.page("/admin/kinds" + page, as: one)
                    #expect(answer.status == 404, "\(page)")
                }
            }
            let release = "/admin/kind-releases/\(id)"
            for one in [maker.clerk, maker.officer] {
                #expect(try await maker.client.page(release, as: one).status == 404)
                #expect(try await maker.client.send(release, [], as: one).status == 404)
            }
            #expect(!FileManager.default.fileExists(atPath: maker.file("kinds", id)))
        }
    }

    @Test(arguments: Engine.available)
    func aKindOfFiveFieldsIsMadeTriedPutInForceAndCounted(on engine: Engine) async throws {
        try await KindMaker.with(engine) { maker in
            let id = try await maker.begin()
            #expect(id == "zhi_shu_huo_dong")
            try await addFields(id, maker)
            try await maker.done(
                "/admin/kinds/\(id)/figure",
                ["reckoning": "sum", "sum_of": "zhi_shu", "zh": "植树棵数", "en": "Trees planted"])
            try await tried(id, maker)
            try await maker.sendAndRelease(id)
            let waiting = try await maker.client.page("/admin/kinds/\(id)", as: maker.officer)
            #expect(waiting.text.contains("下次启动程序后生效"))
            try await recorded(id, try maker.restarted(), maker)
        }
    }

    @Test(arguments: Engine.available)
    func aFifthNumberIsRefusedAndPicturesAreKeptWhereTheBoxIsEmpty(
        on engine: Engine
    ) async throws {
        try await KindMaker.with(engine) { maker in
            let id = try await maker.begin()
            let number = ["form": "number", "unit": "person"]
            for name in ["甲数", "乙数", "丙数", "丁数"] {
                try await maker.add(number.merging(["zh": name]) { $1 }, to: id)
            }
            let fifth = try await maker.client.submit(
                "/admin/kinds/\(id)/fields/new", number.merging(["zh": "戊数"]) { $1 },
                as: maker.officer)
            #expect(fifth.status == 422 && fifth.text.contains("最多有4个数字"))
            #expect(fifth.text.contains("value=\"戊数\""))
            try await maker.sendAndRelease(id)
            let text = try String(contentsOfFile: maker.file("kinds", id), encoding: .utf8)
            #expect(text.contains("keeps_pictures: true"), "no box was ticked")
            let about = KindMaker.planting.merging(["pictures": "1"]) { $1 }
            try await maker.done("/admin/kinds/\(id)/about", about)
            try await maker.sendAndRelease(id)
            let later = try String(contentsOfFile: maker.file("kinds", id), encoding: .utf8)
            #expect(!later.contains("keeps_pictures"))
        }
    }

    private func addFields(_ id: String, _ maker: KindMaker) async throws {
        let fields = [
            ["zh": "应到人数", "en": "Entitled", "form": "number", "unit": "person", "required": "1"],
            [
                "zh": "植树", "en": "Trees", "form": "number", "unit": "piece", "required": "1",
                "least": "1", "most": "１０００",
            ],
            [
                "zh": "实到人数", "en": "Present", "form": "number", "unit": "person",
                "most_of": "ying_dao_ren_shu",
            ],
            [
                "zh": "树种", "en": "Species", "form": "choice", "required": "1",
                "options": "国槐 / Pagoda tree\n法桐 / Plane\n",
            ],
            ["zh": "验收日期", "en": "Inspected on", "form": "day", "past": "1"],
        ]
        for field in fields { try await maker.add(field, to: id) }
        let page = try await maker.client.page("/admin/kinds/\(id)", as: maker.officer)
        for word in ["应到人数", "不大于应到人数", "不小于1", "不大于1000", "国槐、法桐", "不晚于填报当天"] {
            #expect(page.text.contains(word), "\(word)")
        }
    }

    private static let entry = [
        "unit": "410102001001", "day": "2015-06-20", "measure.0": "30", "measure.1": "25",
        "measure.2": "28", "field.shu_zhong": "guo_huai",
    ]

    private func tried(_ id: String, _ maker: KindMaker) async throws {
        let trial = "/admin/kinds/\(id)/trial"
        let before = try await maker.district.position()
        let wrong = Self.entry.merging(
            ["measure.1": "5000", "measure.2": "31", "field.yan_shou_ri_qi": "2015-07-02"]
        ) { $1 }
        let refused = try await maker.client.submit(trial, wrong, as: maker.officer)
        #expect(refused.status == 422)
        for words in ["“实到人数”31人大于“应到人数”30人", "过大，最多1000", "晚于“今天”2015-07-01"] {
            #expect(refused.text.contains(words), "\(words)")
        }
        #expect(refused.text.contains("value=\"5000\""))
        let fine = try await maker.client.submit(trial, Self.entry, as: maker.officer)
        #expect(fine.status == 200 && fine.text.contains("没有写入任何记录"))
        #expect(try await maker.district.position() == before)
        #expect(try await maker.count("SELECT COUNT(*) FROM record WHERE kind = \(id)") == 0)
    }

    /// In the program that was started anew.
    private func recorded(
        _ id: String, _ district: TestDistrict, _ maker: KindMaker
    ) async throws {
        let kind = try #require(district.district.catalogue.kinds[id])
        #expect(kind.measures.map(\.label.zh) == ["应到人数", "植树", "实到人数"])
        try await district.withSite { client in
            let early = try await client.submit(
                "/entries/new/\(id)",
                Self.entry.merging(["day": "2015-05-31", "then": "post"]) { $1 },
                as: maker.clerk)
            #expect(early.status == 422 && early.text.contains("自2015-06-01起填报"))
            let taken = try await client.submit(
                "/entries/new/\(id)", Self.entry.merging(["then": "post"]) { $1 }, as: maker.clerk)
            #expect(taken.status == 303, "\(taken.text)")
            let figure = "/figures/\(id).figure?unit=410102&period=2015-H1"
            #expect(try await client.page(figure).text.contains("data-value=\"25\""))
            let page = try await client.page("/admin/kinds/\(id)", as: maker.officer)
            #expect(page.text.contains("填报中（自2015-06-01起）"))
        }
        #expect(try await district.answer("\(id).figure", "410102", "2015-H1").numerator == 25)
    }

    /// What is YAML elsewhere is a text here.
    @Test(arguments: [
        "种树: 春季", "#1 活动", "\"引号\"和'单引号'", "yes", "null", "- 一、二", "{a: b}", "🌳植树🌳",
        "&锚 *别名", "百分之 100%", "true", "2015-06-01", "\\n 反斜杠", "~", "!!str 标签", "| 竖线",
        "שלום עליכם", "> 折叠", "键: [1, 2", "末尾冒号:", "@至 `反引号`",
    ])
    func whateverAKindIsCalledItIsCalledInTheCatalogue(name: String) async throws {
        try await KindMaker.with(.sqlite) { maker in
            let id = try await maker.begin(["zh": name, "en": name])
            try await maker.add(
                ["zh": name, "en": "", "form": "choice", "options": "\(name)1\n\(name)2"], to: id)
            try await maker.sendAndRelease(id)
            let kind = try #require(try maker.restarted().district.catalogue.kinds[id])
            #expect(kind.name == Wording(zh: name, en: name))
            #expect(kind.fields[0].label.zh == name)
            #expect(kind.fields[0].options.map(\.name.zh).count == 2)
        }
    }

    @Test func whatCannotBeANameIsRefusedBesideItsField() async throws {
        try await KindMaker.with(.sqlite) { maker in
            let wrong = [
                "": "请填写", String(repeating: "长", count: 10_000): "内容过长",
                "反\u{202E}转": "改变书写方向", "零\u{0}字": "控制字符", "两\n行": "控制字符",
                "支部会议": "已有填报事项", "宗教信仰登记": "任何地方都不登记",
            ]
            for (name, words) in wrong {
                let answer = try await maker.client.submit(
                    "/admin/kinds/new", KindMaker.planting.merging(["zh": name]) { $1 },
                    as: maker.officer)
                #expect(answer.status == 422, "\(name.prefix(20))")
                #expect(answer.text.contains(words), "\(words)")
                #expect(answer.text.contains("Tree planting"), "the form is filled in")
            }
            #expect(try await maker.count("SELECT COUNT(*) FROM own_kind") == 0)
            _ = try await maker.begin()
            let twice = try await maker.client.submit(
                "/admin/kinds/new", KindMaker.planting.merging(["zh": " 植树活动"]) { $1 },
                as: maker.colleague)
            #expect(twice.status == 422 && twice.text.contains("已有填报事项“植树活动”"))
            let english = try await maker.client.submit(
                "/admin/kinds/new",
                KindMaker.planting.merging(["zh": "另一个", "en": "TREE  planting"]) { $1 },
                as: maker.colleague, language: .en)
            #expect(english.status == 422 && english.text.contains("There is a kind"))
        }
    }

    @Test func whatCannotBeAFieldIsRefusedBesideIt() async throws {
        try await KindMaker.with(.sqlite) { maker in
            let id = try await maker.begin()
            try await maker.add(["zh": "棵数", "form": "number", "unit": "piece"], to: id)
            let wrong: [([String: String], String)] = [
                (["zh": "棵数", "form": "text"], "已有同名"),
                (["zh": "日期", "form": "day"], "已有同名"), (["zh": "树", "form": "?"], "请选择"),
                (["zh": "树种", "form": "choice", "options": "国槐"], "两个选项"),
                (["zh": "树种", "form": "choice", "options": "国槐\n国槐"], "相同"),
                (["zh": "高", "form": "number"], "请选择"),
                (["zh": "高", "form": "number", "unit": "meter", "least": "九"], "整数"),
                (
                    ["zh": "高", "form": "number", "unit": "meter", "least": "9", "most": "1"],
                    "小于下限"
                ),
                (["zh": "高", "form": "number", "unit": "meter", "most_of": "ke_shu"], "同单位"),
                (["zh": "负责人", "form": "person", "register": "none"], "请选择"),
                (["zh": "负责人", "form": "person", "register": "team_lead"], "没有结束之日"),
                (["zh": "身份证号", "form": "text"], "任何地方都不登记"),
            ]
            for (field, words) in wrong {
                let answer = try await maker.client.submit(
                    "/admin/kinds/\(id)/fields/new", field, as: maker.officer)
                #expect(answer.status == 422 && answer.text.contains(words), "\(field) \(words)")
            }
            for index in 1..<30 {
                try await maker.add(["zh": "第\(index)栏", "form": "text"], to: id)
            }
            let more = try await maker.client.submit(
                "/admin/kinds/\(id)/fields/new", ["zh": "再一栏", "form": "text"],
                as: maker.officer)
            #expect(more.status == 422 && more.text.contains("最多有30栏"))
        }
    }

    @Test(arguments: Engine.available)
    func ofTwoOfficersAtOnceTheSecondIsToldAndLosesNothing(on engine: Engine) async throws {
        try await KindMaker.with(engine) { maker in
            let id = try await maker.begin()
            let address = "/admin/kinds/\(id)/about"
            let open = try await maker.client.page(address, as: maker.colleague)
            try await maker.done(address, KindMaker.planting.merging(["zh": "春季植树"]) { $1 })
            let fields = open.hidden(for: address)
                .merging(KindMaker.planting.merging(["zh": "秋季植树"]) { $1 }) { $1 }
            let late = try await maker.client.send(
                address, fields.map { ($0.key, $0.value) }, as: maker.colleague)
            #expect(late.status == 409 && late.text.contains("有人改动过"))
            #expect(late.text.contains("秋季植树"))
            let kept = try await maker.client.page("/admin/kinds/\(id)", as: maker.officer)
            #expect(kept.text.contains("春季植树"))
        }
    }
}
