import Catalogue
import Core
import Ledger
import Organization

extension CaseWrite {
    /// The units that a step names for later ones are there, and of a form in which somebody can
    /// hold the role that answers: what nobody could ever take would hold up the case for good.
    ///
    /// - Throws: `Refusal.invalid` beside the field that names one that is not.
    func requireNamedUnits(in entry: Entry, _ kind: Kind) throws(Refusal) {
        for later in procedure.steps {
            guard let name = later.each, let said = entry.fields[name] else { continue }
            let forms = forms(answering: later)
            for text in Reading.list(said) {
                let unit = folded.structure.unit(naming: text, on: entry.happenedOn)
                guard let unit, forms.isEmpty || forms.contains(unit.form) else {
                    let label = kind.label(.field(name))
                    throw .invalid([
                        Fault(
                            label, at: Heading.field(name).name,
                            zh: "没有名称或编码为“\(text.prefix(60))”、可以承办的单位。",
                            en: "There is no unit “\(text.prefix(60))” that can answer.")
                    ])
                }
            }
        }
    }

    /// The forms of unit in which a role can be held that takes a step for each of several units.
    private func forms(answering step: Procedure.Step) -> Set<String> {
        Set(
            step.by.flatMap { actor -> [String] in
                guard case .role(.each, let role) = actor else { return [] }
                return district.catalogue.roles[role]?.forms ?? []
            })
    }
}
