import Ledger
import Web

/// Rights: what people may ask about the data that is kept of them.
package func rights(_ district: District) -> Feature {
    Feature(name: "rights", templates: .module)
}
