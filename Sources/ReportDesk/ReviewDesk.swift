import Catalogue
import Core

/// How the review of a report stands in the ledger: by which procedure, under which steps and
/// headings. It is data, so that no code names a procedure, a step or a field.
package struct ReviewDesk: Sendable {
    package let procedure: String
    /// The steps that hand a text in, sign it, issue it and withdraw what was issued.
    package let handIn: String
    package let sign: String
    package let issue: String
    package let withdraw: String
    /// What the case says of the report, and its steps of the version and of what was issued.
    package let title: String
    package let version: String
    package let report: String

    /// Reads what stands under `review_desk` in `reports/*.yaml` of each folder; a later one stands
    /// in place of an earlier.
    ///
    /// - Throws: `BrokenCatalogue` with each fault, its file and line.
    package init(folders: [String], _ catalogue: Catalogue) throws {
        let faults = FaultList()
        var found: Mapping?
        for folder in folders {
            for (name, node) in documents(folder, "reports", faults) {
                guard let file = Mapping(node, file: name, faults: faults) else { continue }
                if let own = file.mapping("review_desk") { found = own }
            }
        }
        guard let mapping = found else {
            faults.add("reports", 1, "no file says under “review_desk” how reports are reviewed")
            throw BrokenCatalogue(faults: faults.faults)
        }
        procedure = mapping.requiredText("procedure")
        handIn = mapping.requiredText("hand_in")
        sign = mapping.requiredText("sign")
        issue = mapping.requiredText("issue")
        withdraw = mapping.requiredText("withdraw")
        title = mapping.requiredText("title")
        version = mapping.requiredText("version")
        report = mapping.requiredText("report")
        mapping.close()
        if let last = catalogue.procedures[procedure]?.last {
            for step in [handIn, sign, issue, withdraw] where last.step(step) == nil {
                mapping.fault("the procedure “\(procedure)” has no step “\(step)”")
            }
        } else {
            mapping.fault("the procedure “\(procedure)” is not known", at: "procedure")
        }
        guard faults.faults.isEmpty else { throw BrokenCatalogue(faults: faults.faults) }
    }
}
