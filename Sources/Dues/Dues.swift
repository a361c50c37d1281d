import Ledger
import Web

/// Dues: what is due, and until when.
package func dues(_ district: District) -> Feature {
    Feature(name: "dues", templates: .module)
}
