import Catalogue
import Core
import Testing

/// A case told in lines, one a step: `approve 2024-07-10 approved`, `roll 2026-06-01 entitled=16`.
struct CaseStory {
    var procedure: Procedure
    var world: CaseWorld
    var steps: [CaseStep]
    var pauses: [CasePause] = []

    init(_ id: String, in catalogue: Catalogue, _ lines: String) throws {
        procedure = try #require(catalogue.procedures[id]?.first)
        world = CaseWorld(of: catalogue)
        steps = try lines.split(separator: "\n").enumerated().map {
            try step(String($0.element), seq: $0.offset + 1)
        }
    }

    var fold: CaseFold { CaseFold.folding(procedure, steps, pauses: pauses, in: world) }

    func refusals(_ line: String) throws -> [CaseRefusal.Guard] {
        fold.refusals(of: try step(line)).refused.map(\.because)
    }

    func state(_ at: String) throws -> CaseState { fold.state(at: try time(at).moment) }

    func owed(_ at: String) throws -> [String] { try state(at).obligations.map(\.step) }
}

/// Reads one line of a story.
func step(_ line: String, seq: Int? = nil) throws -> CaseStep {
    let words = line.split(separator: " ").map(String.init)
    var values: [String: String] = [:]
    var units: [String: [String]] = [:]
    var persons: [String: [String]] = [:]
    var named: [String: String] = [:]
    var outcome: String?
    for word in words.dropFirst(2) {
        let parts = word.split(separator: "=").map(String.init)
        if parts.count == 1 {
            outcome = word
        } else if ["until", "each", "place", "unit", "told"].contains(parts[0]) {
            named[parts[0]] = parts[1]
        } else if parts[1].contains("+") {
            units[parts[0]] = parts[1].split(separator: "+").map(String.init)
        } else if parts[0].hasSuffix(":") {
            persons[String(parts[0].dropLast())] = parts[1].split(separator: ",").map(String.init)
        } else {
            values[parts[0]] = parts[1]
        }
    }
    var step = CaseStep(
        step: words[0], at: try time(words[1]), outcome: outcome, each: named["each"],
        unit: named["unit"], place: named["place"], seq: seq)
    step.until = try named["until"].map(time)
    step.values = values
    step.persons = persons
    step.units = units
    step.told = try named["told"].map(time)
    return step
}
