import Catalogue
import Core
import Organization
import Testing

/// Units as people write them, in a small town with a merger.
@Suite struct UnitMeantTests {
    private let today = Day(2015, 7, 1)!

    private func unit(_ code: String, _ name: String, _ form: String) -> UnitEntry {
        UnitEntry(
            row: 1, code: code, name: name, form: form, parents: [:], from: day("2010-01-01"),
            to: nil)
    }

    private var town: Structure {
        Structure.town([
            unit("S1", "林山寨街道", "street"), unit("S1-Q1", "林山寨街道非公企业第1党支部", "branch"),
            unit("S2", "桐柏路街道", "street"), unit("S3", "长春路街道", "street"),
            unit("C1", "幸福社区", "community"), unit("C2", "幸福社区", "community"),
            unit("P1", "幸福社区", "branch"), unit("C3", "老槐树社区", "community"),
            unit("C4", "百花社区", "community"), unit("G1", "绿城网格", "grid"),
        ]).after([
            ReorganizationEntry(.rename, "C4", name: "百合社区", on: "2015-03-01"),
            ReorganizationEntry(
                .merge, "C3", to: "C9", "community", name: "朝晖街社区",
                parents: [.territory: "S1"], on: "2015-03-01", row: 2),
        ])
    }

    @Test(arguments: [
        ("S1", "S1"), ("ｓ１", "S1"), ("林山寨街道", "S1"), ("林山寨", "S1"), ("山寨", "S1"),
        ("林山寨街道（S1）", "S1"), ("桐柏", "S2"), ("lszjd", "S1"), ("LSZJD", "S1"), ("linshanzhai", "S1"),
        ("Lin Shan Zhai", "S1"), ("linszjd", "S1"), ("lshzh", "S1"), ("tongbolu", nil),
        ("tongbai", "S2"),
        ("tblu", "S2"), ("changchunlu", "S3"), ("zhangchun", "S3"), ("fgqy", "S1-Q1"),
        ("百花社区", "C4"), ("baihua", "C4"), ("百合", "C4"), ("lvcheng", "G1"), ("lucheng", "G1"),
        ("幸福社区", nil), ("幸福", nil), ("社区", nil), ("路", nil), ("l", nil), ("老槐树社区", nil),
        ("不存在街道", nil), ("", nil), ("%", nil), ("C3", nil),
    ])
    func aUnitIsMeantByItsCodeNameOrSound(_ text: String, _ code: String?) {
        #expect(UnitReading(town, on: today).read(text).unit?.code == code)
    }

    @Test func oneFormAmongSeveralNamesakesIsTheOneMeant() {
        var reading = UnitReading(town, on: today)
        reading.forms = ["branch"]
        #expect(reading.read("幸福社区").unit?.code == "P1")
        #expect(reading.read("xingfu").unit?.code == "P1")
    }

    @Test func whatIsUnclearOffersWhatItMayBe() throws {
        let reading = UnitReading(town, on: today)
        guard case .several(let units) = reading.read("幸福") else {
            Issue.record("幸福 is three units")
            return
        }
        #expect(Set(units.map(\.code)) == ["C1", "C2", "P1"])
        guard case .none(let near) = reading.read("桐柏街道办事处") else {
            Issue.record("no unit is called so")
            return
        }
        #expect(near.first?.code == "S2" && near.count <= UnitReading.nearestLimit)
        let refusal = try #require(throws: Refusal.self) { _ = try reading.unit("幸福") }
        guard case .invalid(let faults) = refusal else { return }
        #expect(faults.first?.nearest.map(\.value).sorted() == ["C1", "C2", "P1"])
        #expect(faults.first?.field == "unit")
    }

    @Test func aUnitThatEndedIsMeantOnlyWhereThePastIsAskedFor() {
        var reading = UnitReading(town, on: today)
        guard case .none(let heirs) = reading.read("老槐树社区") else {
            Issue.record("the community has ended")
            return
        }
        #expect(heirs.first?.code == "C9", "what stands in its place comes first")
        guard case .none(let same) = reading.read("C3") else { return }
        #expect(same.first?.code == "C9")
        reading.reachesBack = true
        #expect(reading.read("老槐树社区").unit?.code == "C3")
        #expect(reading.read("laohuaishu").unit?.code == "C3")
        #expect(town.near([town.history(code: "C3")[0]], on: today)[0].words.zh.hasPrefix("原老槐树社区"))
    }

    @Test func onlyUnitsThatAreOfferedAreMeantOrNamed() {
        let town = town
        var reading = UnitReading(town, on: today)
        reading.among = Set(town.history(code: "C2").map(\.unit))
        #expect(reading.read("幸福").unit?.code == "C2")
        guard case .none(let near) = reading.read("林山寨街道") else {
            Issue.record("the street is not offered")
            return
        }
        #expect(near.allSatisfy { $0.code == "C2" })
    }

    @Test func namesThatAreAddedLaterAreFoundAndOldCopiesKeepTheirs() {
        let before = town
        #expect(UnitReading(before, on: today).read("jsl").unit == nil)
        let after = before.applying(before.founding([unit("S4", "建设路街道", "street")]).change)
        #expect(UnitReading(after, on: today).read("jsl").unit?.code == "S4")
        #expect(UnitReading(before, on: today).read("jsl").unit == nil)
    }
}
