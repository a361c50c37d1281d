import Catalogue
import Core
import Web

/// One procedure, drawn and in a table, both made of its definition.
struct ProcedurePage: Page {
    static let template = "cases/procedure"

    let title: String
    let lead: String
    let source: String
    let ways: [Way]
    let rows: [Row]
    let ends: [String]
    let pauses: Listed<String>?
    let versions: Listed<Version>?
    let examples: Listed<Example>?

    /// One step of the drawing, or the heading of a stage.
    struct Way: Sendable {
        let style: String
        let wayName: String
        let isStage: Bool
        let wayWho: String?
        let wayTo: Listed<String>?
    }

    struct Row: Sendable {
        let number: String
        let stepName: String
        let who: String
        let when: [Said]
        let until: Listed<Said>?
        let to: Listed<String>?
    }

    /// A text under which cases stand.
    struct Version: Sendable {
        let versionFrom: String
        let versionMark: String
        let versionOpen: String
        let versionHref: String?
    }

    struct Example: Sendable {
        let exampleName: String
        let exampleCount: String
    }

    /// - Parameters:
    ///   - versions: what an officer sees of the texts it had; empty on the page for everybody.
    ///   - isOwn: whether the page is the officer's, who sees its examples too.
    init(_ says: ProcedureWords, versions: [Version], isOwn: Bool) {
        let (words, procedure) = (says.words, says.procedure)
        title = procedure.name[words.language]
        lead =
            words[
                "procedure_lead",
                ["count": procedure.steps.count.grouped, "day": procedure.from.description]]
        source = procedure.source[words.language]
        ways = Self.ways(says)
        rows = procedure.steps.enumerated().map { number, step in
            Row(
                number: String(number + 1), stepName: says.name(step.id), who: says.who(step),
                when: says.when(step), until: Listed(says.until(step)),
                to: Listed(says.ways(step)))
        }
        ends = procedure.ends.map { $0.name[words.language] }
        pauses = Listed(procedure.pauses.map { $0.name[words.language] })
        self.versions = Listed(versions)
        examples =
            isOwn
            ? Listed(
                procedure.examples.map { example in
                    Example(
                        exampleName: example.name,
                        exampleCount: words[
                            "procedure_example",
                            [
                                "steps": example.steps.count.grouped,
                                "asked":
                                    (example.expected.count + example.refused.count
                                    + example.lawful.count).grouped,
                            ]])
                }) : nil
    }

    private static func ways(_ says: ProcedureWords) -> [Way] {
        let stages = Stages(says.procedure)
        var ways: [Way] = []
        var stage: String?
        for step in says.procedure.steps {
            if let named = stages.stage(of: step.id), named != stage {
                stage = named
                ways.append(
                    Way(
                        style: "way-stage", wayName: says.stage(named), isStage: true,
                        wayWho: nil, wayTo: nil))
            }
            ways.append(
                Way(
                    style: step.isPermitted ? "way-free" : "", wayName: says.name(step.id),
                    isStage: false, wayWho: says.who(step), wayTo: Listed(says.ways(step))))
        }
        return ways
    }
}

/// The procedures of the catalogue, with how many cases are open under each.
struct ProceduresPage: Page {
    static let template = "cases/procedures"

    let title: String
    let lead: String
    let rows: Listed<Row>?
    let empty: String?

    struct Row: Sendable {
        let procedureName: String
        let procedureHref: String
        let stepCount: String
        let openCount: String
        let openHref: String
        let since: String
        let seen: String
    }
}
