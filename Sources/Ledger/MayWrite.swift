import Accounts
import Catalogue
import Core
import Organization

extension Access {
    /// Whether entries of a kind are not sealed from whose access it is: what is sealed is for who
    /// stands on its list of names.
    package func maySee(_ kind: Kind) -> Bool {
        kind.visibility != .sealed || sealedKinds.contains(kind.id)
    }
}

/// What somebody may write, and where.
extension ActingAccount {
    /// Whether entries of a kind are not sealed from them.
    func maySee(_ kind: Kind) -> Bool { access.maySee(kind) }

    /// Entries of a sealed kind are written by who stands on its list of names.
    package func mayWrite(_ kind: Kind) -> Bool {
        may(.write) && maySee(kind)
    }

    /// The kinds whose entries they may see again that they wrote: a sealed one while they stand on
    /// its list of names.
    package func kinds(_ catalogue: Catalogue) -> [String] {
        catalogue.kinds.values.filter(maySee).map(\.id).sorted()
    }

    /// The units in which they may enter a kind today.
    package func units(for kind: Kind) -> [UnitVersion] {
        structure.units(.write, access, on: today)
            .filter { kind.forms.isEmpty || kind.forms.contains($0.form) }
    }

    /// Lets nobody pass who may not write a kind anywhere.
    package func require(_ kind: Kind) throws(Refusal) {
        guard mayWrite(kind), !units(for: kind).isEmpty else { throw .notFound }
    }

    /// The units that may be named as the place of a kind.
    package func places(for kind: Kind) -> [UnitVersion] {
        guard let place = kind.place else { return [] }
        return structure.versions.keys.compactMap { structure.version($0, on: today) }
            .filter { place.forms.isEmpty || place.forms.contains($0.form) }
            .sorted { ($0.code, $0.name) < ($1.code, $1.name) }
    }
}
