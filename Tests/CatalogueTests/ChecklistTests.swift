import Catalogue
import Core
import Testing

/// Checklists are data; a choice may offer their items, or the lists that units write themselves.
@Suite struct ChecklistTests {
    private func draft(
        _ lists: String, options: String = "checklist(haves)"
    ) -> DraftCatalogue {
        var draft = DraftCatalogue()
        draft.files["checklists/lists.yaml"] = lists
        draft.files["kinds/checks.yaml"] = """
            check:
              name: {zh: 检查, en: Check}
              visibility: public
              fields:
                item: {type: choice, label: {zh: 事项, en: Item}, options: \(options)}
            """
        return draft
    }

    private let lists = """
        haves:
          name: {zh: 四有, en: Haves}
          items: {venue: {zh: 有场地, en: A venue}, staff: {zh: 有人员, en: Staff}}
        slogan: {name: {zh: 五有, en: Five haves}, items: 5}
        """

    @Test(arguments: [
        ("haves: {name: {zh: 有, en: H}}", "checklists/lists.yaml:1: “items” names each item"),
        ("haves: {name: {zh: 有, en: H}, items: 0}", "1: “items” names each item"),
        ("haves: {name: {zh: 有, en: H}, items: few}", "“items” must be a whole number"),
        ("Haves: {name: {zh: 有, en: H}, items: 3}", "1: a checklist is named with a-z"),
        ("other: {name: {zh: 有, en: H}, items: 3}", "“checklist(haves)” is no checklist"),
    ])
    func whatIsWrongIsNamed(lists: String, fault: String) throws {
        let faults = try draft(lists).faults()
        #expect(faults.contains { $0.contains(fault) }, "\(faults)")
    }

    @Test func aChoiceOffersTheItemsOfAChecklist() throws {
        let catalogue = try draft(lists).load()
        let options = catalogue.kinds["check"]?.field("item")?.options ?? []
        #expect(options.map(\.id) == ["venue", "staff"])
        #expect(options.map(\.name.zh) == ["有场地", "有人员"])
    }

    @Test func aChoiceOffersTheChecklistsThatUnitsWriteThemselves() throws {
        let catalogue = try draft(lists, options: "checklists").load()
        #expect(catalogue.kinds["check"]?.field("item")?.options.map(\.id) == ["slogan"])
        #expect(catalogue.checklists["slogan"]?.isWrittenByUnits == true)
        #expect(catalogue.checklists["slogan"]?.itemCount == 5)
        #expect(catalogue.checklists["haves"]?.isWrittenByUnits == false)
    }
}
