import Catalogue
import Core
import Testing

@testable import Organization

/// Units as people write them, in a small town with a merger.
@Suite struct UnitMeantTests {
    private let today = Day(2015, 7, 1)!

    private func unit(
        _ code: String, _ name: String, _ form: String, from: Day, to: Day? = nil,
        unit: OrgUnit.ID = .make()
    ) -> UnitVersion {
        UnitVersion(
            id: .make(), unit: unit, code: code, name: name, form: form, from: from, to: to)
    }

    private var town: Structure {
        let (old, new) = (Day(2010, 1, 1)!, Day(2015, 3, 1)!)
        let renamed = OrgUnit.ID.make()
        var structure = Structure()
        let heir = unit("C9", "朝晖街社区", "community", from: new)
        let gone = unit("C3", "老槐树社区", "community", from: old, to: new)
        for version in [
            unit("S1", "林山寨街道", "street", from: old),
            unit("S1-Q1", "林山寨街道非公企业第1党支部", "branch", from: old),
            unit("S2", "桐柏路街道", "street", from: old),
            unit("S3", "长春路街道", "street", from: old),
            unit("C1", "幸福社区", "community", from: old), unit("C2", "幸福社区", "community", from: old),
            unit("P1", "幸福社区", "branch", from: old),
            unit("C4", "百花社区", "community", from: old, to: new, unit: renamed),
            unit("C4", "百合社区", "community", from: new, unit: renamed), gone, heir,
            unit("G1", "绿城网格", "grid", from: old),
        ] { structure.add(version) }
        structure.add(
            Lineage(
                reorganization: .make(), predecessor: gone.unit, successor: heir.unit,
                basis: .whole))
        return structure
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
        var town = town
        let before = town
        #expect(UnitReading(before, on: today).read("jsl").unit == nil)
        town.add(unit("S4", "建设路街道", "street", from: Day(2015, 1, 1)!))
        #expect(UnitReading(town, on: today).read("jsl").unit?.code == "S4")
        #expect(UnitReading(before, on: today).read("jsl").unit == nil)
    }
}
