import Catalogue
import Core
import Web

/// Where a case stands, as a line of stages: done, now, not lawful before a day, late, returned.
/// The stage it is in is unfolded to its steps.
struct StepLine: Sendable {
    let stops: [Stop]
    /// How many steps of the definition are done, of those that may be owed.
    let done: Int
    let all: Int

    /// The most stops of one line; a longer one is shown around where the case stands.
    static let limit = 7
    /// The most steps that an unfolded stage shows.
    static let stepLimit = 12

    struct Stop: Sendable {
        let mark: String
        let style: String
        let stopName: String
        let stopNote: String
        let isNow: Bool
        let steps: Listed<Step>?
    }

    struct Step: Sendable {
        let tag: String
        let tagStyle: String
        let stepName: String
        let stepNote: String
    }

    init(_ says: CaseSays) {
        let stages = Stages(says.procedure).all
        let isStaged = stages.contains { $0.id != nil }
        let places = Dictionary(
            says.state.line.map { ($0.step, $0) }, uniquingKeysWith: { first, _ in first })
        let counted = stages.flatMap(\.steps).compactMap { places[$0] }
        done = counted.filter { $0.standing == .done }.count
        all = counted.filter { $0.standing != .skipped }.count
        let reader = StopReader(says: says, places: places)
        let groups =
            isStaged
            ? stages : stages.flatMap { $0.steps.map { Stages.Stage(id: nil, steps: [$0]) } }
        let now = reader.present(groups)
        let stops = groups.enumerated().map { number, group in
            reader.stop(group, number: number + 1, isNow: number == now, isStaged: isStaged)
        }
        self.stops = Self.window(stops, around: now ?? stops.count - 1)
    }

    /// As many stops as one line holds, with the one where the case stands among them.
    private static func window(_ stops: [Stop], around now: Int) -> [Stop] {
        guard stops.count > limit else { return stops }
        let first = min(max(now - limit / 2, 0), stops.count - limit)
        return Array(stops[first..<first + limit])
    }
}

/// Reads the stops of a line off the places of its steps.
private struct StopReader {
    let says: CaseSays
    let places: [String: CaseState.Place]

    private var words: Words { says.words }

    private func standings(_ group: Stages.Stage) -> [CaseState.Place.Standing] {
        group.steps.compactMap { places[$0]?.standing }
    }

    /// The stop where the case stands: the one of its stage, else the first at which something is
    /// owed; nil for a case that is over.
    func present(_ groups: [Stages.Stage]) -> Int? {
        guard says.state.end == nil else { return nil }
        let owed: [CaseState.Place.Standing] = [.owed, .late, .lapsed, .returned, .early]
        let isOwed = groups.map { standings($0).contains { owed.contains($0) } }
        let stage = groups.firstIndex { $0.id != nil && $0.id == says.state.stage }
        if let stage, isOwed[stage] { return stage }
        return isOwed.firstIndex(of: true) ?? stage
    }

    func stop(
        _ group: Stages.Stage, number: Int, isNow: Bool, isStaged: Bool
    ) -> StepLine.Stop {
        let standings = standings(group).filter { $0 != .skipped }
        let isDone = !standings.isEmpty && standings.allSatisfy { $0 == .done }
        let name =
            isStaged
            ? group.id.map(says.stage) ?? says.name(group.steps[0])
            : says.name(group.steps[0])
        let style =
            switch true {
            case isNow && standings.contains(where: { $0 == .late || $0 == .lapsed }):
                "step-now step-late"
            case isNow: "step-now"
            case isDone: "step-done"
            case standings.contains(.returned): "step-back"
            case earliest(group) != nil: "step-early"
            default: ""
            }
        return StepLine.Stop(
            mark: String(number), style: style, stopName: name,
            stopNote: note(group, standings, isNow: isNow), isNow: isNow,
            steps: isNow && group.steps.count > 1
                ? Listed(group.steps.prefix(StepLine.stepLimit).compactMap(step)) : nil)
    }

    private func earliest(_ group: Stages.Stage) -> CaseTime? {
        group.steps.compactMap { places[$0]?.earliest }.filter { says.today < $0.day }.min()
    }

    private func note(
        _ group: Stages.Stage, _ standings: [CaseState.Place.Standing], isNow: Bool
    ) -> String {
        let done = standings.filter { $0 == .done }.count
        if !standings.isEmpty, done == standings.count {
            let day = group.steps.compactMap { places[$0]?.at }.max()
            return day.map { words["case_stop_done", ["day": says.time($0)]] } ?? ""
        }
        if isNow, standings.count > 1 {
            return words[
                "case_stop_now", ["done": done.grouped, "all": standings.count.grouped]]
        }
        if let earliest = earliest(group) {
            return words["case_stop_early", ["day": says.time(earliest)]]
        }
        return isNow ? words["case_stop_here"] : words["case_stop_later"]
    }

    private func step(_ id: String) -> StepLine.Step? {
        guard let place = places[id] else { return nil }
        let style =
            switch place.standing {
            case .done: "tag-good"
            case .late, .lapsed: "tag-seal"
            case .returned, .early: "tag-warn"
            case .owed: "tag-blue"
            case .waiting, .skipped: ""
            }
        let day = place.standing == .done ? place.at : place.earliest
        return StepLine.Step(
            tag: words["case_standing_\(place.standing.rawValue)"], tagStyle: style,
            stepName: says.name(id), stepNote: day.map(says.time) ?? "")
    }
}
