import Catalogue
import Core
import Ledger

/// Whether what the files of services name is there: the procedure with its steps, kinds, fields
/// and options, groups, tiers and stoppers.
struct ServiceCheck {
    private let services: ServiceCatalogue
    private let catalogue: Catalogue
    private let faults: FaultList

    init(_ services: ServiceCatalogue, _ catalogue: Catalogue, _ faults: FaultList) {
        (self.services, self.catalogue, self.faults) = (services, catalogue, faults)
    }

    /// - Parameter mapping: what says how requests stand in the ledger; nil where it was read
    ///   before.
    func run(deskAt mapping: Mapping?) {
        let desk = services.desk
        func fault(_ sentence: String, at key: String? = nil) { tell(sentence, key, mapping) }
        guard let procedure = catalogue.procedures[desk.procedure]?.last,
            let opening = procedure.opening, let kind = catalogue.kinds[opening.kind]
        else {
            fault("the procedure “\(desk.procedure)” is not known", at: "procedure")
            return
        }
        for form in [desk.placeForm, desk.homeForm] where catalogue.forms[form] == nil {
            fault("the form “\(form)” is not known")
        }
        let fields = desk.fields
        for field in [fields.service, fields.category, fields.severity, fields.channel]
        where kind.field(field) == nil {
            fault("“\(kind.id)” has no field “\(field)”", at: "fields")
        }
        for item in [fields.words, fields.answers, fields.address, fields.contact]
        where !kind.privates.contains(where: { $0.id == item }) {
            fault("“\(kind.id)” has no private value “\(item)”", at: "fields")
        }
        for channel in [desk.channels.page, desk.channels.program] + desk.channels.staff
        where !options(kind, fields.channel).contains(channel) {
            fault("“\(fields.channel)” has no option “\(channel)”", at: "channels")
        }
        checkSteps(procedure, mapping)
        for service in services.services { check(service, kind, procedure) }
    }

    private func tell(_ sentence: String, _ key: String?, _ mapping: Mapping?) {
        guard let mapping else { return faults.add("services", 1, sentence) }
        mapping.fault(sentence, at: key)
    }

    private func checkSteps(_ procedure: Procedure, _ mapping: Mapping?) {
        let desk = services.desk
        func fault(_ sentence: String, at key: String? = nil) { tell(sentence, key, mapping) }
        let named = [desk.dispatch.step, desk.objection, desk.arbitration]
        for step in named + desk.steps.map(\.step) where procedure.step(step) == nil {
            fault("“\(procedure.id)” has no step “\(step)”")
        }
        let dispatched = procedure.step(desk.dispatch.step).flatMap { catalogue.kinds[$0.kind] }
        for tier in desk.tiers.keys.sorted()
        where !(dispatched.map { options($0, desk.dispatch.tier) } ?? []).contains(tier) {
            fault("“\(desk.dispatch.tier)” has no option “\(tier)”", at: "tiers")
        }
        for one in desk.steps {
            guard let step = procedure.step(one.step), let kind = catalogue.kinds[step.kind] else {
                continue
            }
            if !step.by.contains(.anybody) {
                fault("“\(one.step)” is not taken by whoever asks", at: "requester")
            }
            let known = kind.fields.map(\.id) + kind.privates.map(\.id)
            for name in one.asks + one.sets.keys.sorted() where !known.contains(name) {
                fault("“\(kind.id)” has no field “\(name)”", at: "requester")
            }
            for outcome in one.outcomes
            where !options(kind, Kind.outcomeName).contains(outcome) {
                fault("“\(kind.id)” has no outcome “\(outcome)”", at: "requester")
            }
        }
    }

    private func check(_ service: Service, _ kind: Kind, _ procedure: Procedure) {
        let desk = services.desk
        func fault(_ sentence: String) { faults.add(service.file, service.line, sentence) }
        if !services.groups.contains(where: { $0.id == service.group }) {
            fault("“\(service.id)”: the group “\(service.group)” is not known")
        }
        if !options(kind, desk.fields.category).contains(service.category) {
            fault("“\(service.id)”: the category “\(service.category)” is not known")
        }
        let severities = options(kind, desk.fields.severity)
        let choices = service.questions.flatMap(\.options)
        for severity in [service.severity] + choices.compactMap(\.severity)
        where !severities.contains(severity) {
            fault("“\(service.id)”: the urgency “\(severity)” is not known")
        }
        for stopper in choices.compactMap(\.stops) where services.stopper(stopper) == nil {
            fault("“\(service.id)”: the stopper “\(stopper)” is not known")
        }
        for route in service.routes {
            guard let form = desk.tiers[route.tier] else {
                faults.add(route.file, route.line, "the tier “\(route.tier)” is not known")
                continue
            }
            if (form == nil) == (route.unit == nil) {
                faults.add(
                    route.file, route.line,
                    form == nil
                        ? "the tier “\(route.tier)” needs a “unit”"
                        : "the tier “\(route.tier)” tells its unit from the place, without “unit”")
            }
        }
    }

    private func options(_ kind: Kind, _ field: String) -> [String] {
        kind.field(field)?.options.map(\.id) ?? []
    }
}
