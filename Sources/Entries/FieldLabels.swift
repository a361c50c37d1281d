import Catalogue
import Core
import Ledger

extension Catalogue {
    /// What a field of an entry's form is called; where the kind is not known, as the first kind
    /// that has such a field calls it.
    func label(ofField name: String, kind id: String?) -> Wording? {
        let candidates =
            id.flatMap { kinds[$0] }.map { [$0] }
            ?? kinds.values.inOrder
        for kind in candidates {
            if let heading = kind.inputHeadings.first(where: { $0.name == name }) {
                return kind.label(heading)
            }
        }
        return nil
    }
}
