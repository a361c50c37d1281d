import Ledger
import Web

/// Entries: writing records in the browser, from forms that the catalogue makes.
package func entries(_ district: District) -> Feature {
    Feature(name: "entries", templates: .module)
}
