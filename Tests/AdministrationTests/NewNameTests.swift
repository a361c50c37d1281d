import Administration
import Catalogue
import Testing

struct NewNameTests {
    @Test(arguments: [
        ("植树活动", "zhi_shu_huo_dong"), ("Tree planting", "tree_planting"), ("🌳", "own"),
        ("12345热线", "own_12345re_xian"), ("", "own"), ("：", "own"),
    ])
    func aNameGivesAnID(name: String, id: String) {
        #expect(NewName(taken: []).id(for: name) == id)
    }

    @Test func anIDThatIsTakenGetsANumber() {
        let name = NewName(taken: ["zhi_shu", "zhi_shu_2"])
        #expect(name.id(for: "植树") == "zhi_shu_3")
        #expect(name.id(for: "指数") == "zhi_shu_3")
    }

    @Test func everyIDCanNameAKind() {
        for name in [String(repeating: "长", count: 40), "a b", "___", "9", "é", "ü"] {
            let id = NewName(taken: ["own"]).id(for: name)
            #expect(isName(id), "\(name) \(id)")
        }
    }
}
