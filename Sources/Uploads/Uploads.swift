import Ledger
import Web

/// Uploads: files of records, brought in with a browser.
package func uploads(_ district: District) -> Feature {
    Feature(name: "uploads", templates: .module)
}
