import Cases
import Catalogue
import Core
import Ledger
import Organization
import Storage

extension Requests {
    /// What the catalogue of services proposes for the dispatch of a request, with the reason. What
    /// goes up is proposed for the unit it went up to. Whoever dispatches may change it.
    package func proposal(
        _ reading: CaseReading, _ step: String, _ db: Connection
    ) throws -> StepProposal? {
        let desk = services.desk
        guard step == desk.dispatch.step, reading.procedure.id == desk.procedure,
            let row = try RequestStore(db).find(reading.id), let service = services[row.service]
        else { return nil }
        let today = reading.moment.day
        let words = RouteWords(self, reading.structure)
        if let above = above(reading, desk) {
            let unit = words.unit(above.unit, on: today)
            return StepProposal(
                values(above.tier, above.unit, reading.structure, today),
                because: Wording(
                    zh: "下一级报告办不了，拟由\(unit)办理；可以改。",
                    en: " The tier below could not do it: \(unit) is proposed, and may be changed.")
            )
        }
        switch Routing(services, reading.structure, on: today).route(service, in: row.home) {
        case .failure(let error):
            let why = words.fault(error.fault)
            return StepProposal([:], because: Wording(zh: why.zh, en: " " + why.en))
        case .success(let routed):
            let (unit, place) = (
                words.unit(routed.unit, on: today), words.unit(row.place, on: today)
            )
            return StepProposal(
                values(routed.tier, routed.unit, reading.structure, today),
                because: Wording(
                    zh: "按服务目录（\(routed.route.from)起），\(place)的“\(service.name.zh)”"
                        + "由\(unit)（\(words.tier(routed.tier).zh)）办理；可以改。",
                    en: " Proposed: \(unit), because “\(service.name.en)” in \(place) begins at the"
                        + " tier “\(words.tier(routed.tier).en)”, by the catalogue from"
                        + " \(routed.route.from). It may be changed."))
        }
    }

    /// The unit that answers for what went up, and its tier; nil for what has not.
    private func above(
        _ reading: CaseReading, _ desk: ServiceDesk
    ) -> (tier: String, unit: OrgUnit.ID)? {
        let owed = reading.state.obligations.first { $0.step == desk.dispatch.step }
        guard let owed, owed.round > 1 else { return nil }
        let owner = reading.row.owner
        let form = reading.structure.version(owner, on: reading.moment.day)?.form
        let tier = desk.tiers.keys.sorted().first { (desk.tiers[$0] ?? nil) == form }
        return tier.map { ($0, owner) }
    }

    private func values(
        _ tier: String, _ unit: OrgUnit.ID, _ structure: Structure, _ day: Day
    ) -> [Heading: String] {
        var values: [Heading: String] = [.field(services.desk.dispatch.tier): tier]
        values[.place] = structure.version(unit, on: day)?.code
        return values
    }
}
