import Ledger
import Web

/// Administration: accounts, grants, lists of names, and the audit.
package func administration(_ district: District) -> Feature {
    Feature(name: "administration", templates: .module)
}
