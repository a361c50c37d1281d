import Catalogue
import Core
import Ledger

/// How requests stand in the ledger: by which procedure, under which headings, and what whoever
/// asked may do with one. It is data, so that no code names a procedure, a step or a field.
package struct ServiceDesk: Sendable {
    /// The procedure that a request is a case of.
    package let procedure: String
    /// What the filing says of the service, the coarse matter, its urgency and its channel.
    package let fields: Fields
    /// The form of unit that people choose a place by, such as a community.
    package let placeForm: String
    /// The form of unit in which a case is opened: the smallest place, such as a grid.
    package let homeForm: String
    package let channels: Channels
    /// Where a tier stands: the form of unit above the place; nil where a route names the unit.
    package let tiers: [String: String?]
    /// Which step sends a request to a unit, and the field that says to which tier.
    package let dispatch: Dispatch
    /// The step by which a unit says that it is not its own, and the one that decides.
    package let objection: String
    package let arbitration: String
    /// What whoever asked may do, in the order of the page.
    package let steps: [RequesterStep]

    package struct Fields: Sendable {
        package let service: String
        package let category: String
        package let severity: String
        package let channel: String
        /// The private values: what was asked, where exactly, how to reach whoever asked.
        package let words: String
        package let answers: String
        package let address: String
        package let contact: String
    }

    package struct Channels: Sendable {
        /// Of the page for everybody, and of programs.
        package let page: String
        package let program: String
        /// Of staff who write for somebody else.
        package let staff: [String]
    }

    package struct Dispatch: Sendable {
        package let step: String
        package let tier: String
    }
}

/// A step that whoever asked may take: with which outcomes, and what is asked of them.
package struct RequesterStep: Sendable {
    package let step: String
    /// What the button says.
    package let name: Wording
    /// What it does, in a sentence.
    package let note: Wording?
    /// The outcomes that are theirs to choose; empty for all.
    package let outcomes: [String]
    /// What the step says by itself, by the id of a field.
    package let sets: [String: String]
    /// What is asked, by the ids of fields and private values.
    package let asks: [String]
}

extension ServiceDesk {
    init(_ mapping: Mapping) {
        procedure = mapping.requiredText("procedure")
        placeForm = mapping.requiredText("place")
        homeForm = mapping.requiredText("home")
        let fields = mapping.mapping("fields", required: true)
        self.fields = Fields(
            service: fields?.requiredText("service") ?? "",
            category: fields?.requiredText("category") ?? "",
            severity: fields?.requiredText("severity") ?? "",
            channel: fields?.requiredText("channel") ?? "",
            words: fields?.requiredText("words") ?? "",
            answers: fields?.requiredText("answers") ?? "",
            address: fields?.requiredText("address") ?? "",
            contact: fields?.requiredText("contact") ?? "")
        fields?.close()
        let channels = mapping.mapping("channels", required: true)
        self.channels = Channels(
            page: channels?.requiredText("page") ?? "",
            program: channels?.requiredText("program") ?? "",
            staff: channels?.words("staff") ?? [])
        channels?.close()
        var tiers: [String: String?] = [:]
        for (id, tier) in mapping.entries("tiers") {
            tiers[id] = .some(tier.text("form"))
            tier.close()
        }
        self.tiers = tiers
        let dispatch = mapping.mapping("dispatch", required: true)
        self.dispatch = Dispatch(
            step: dispatch?.requiredText("step") ?? "", tier: dispatch?.requiredText("tier") ?? "")
        dispatch?.close()
        objection = mapping.requiredText("objection")
        arbitration = mapping.requiredText("arbitration")
        steps = mapping.entries("requester").map { RequesterStep($0.name, $0.mapping) }
        mapping.close()
    }
}

extension RequesterStep {
    fileprivate init(_ step: String, _ mapping: Mapping) {
        self.step = step
        name = mapping.wording("name")
        note = mapping.has("note") ? mapping.wording("note") : nil
        outcomes = mapping.words("outcomes")
        let sets = mapping.mapping("sets")
        self.sets = Dictionary(
            uniqueKeysWithValues: Set(sets?.keys ?? []).map { ($0, sets?.text($0) ?? "") })
        sets?.close()
        asks = mapping.words("asks")
        mapping.close()
    }
}
