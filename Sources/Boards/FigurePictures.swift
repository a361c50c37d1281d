import Web

/// The pictures of a figure's page, to be taken away one by one.
extension FigurePage: Pictured {
    var frames: [ChartFrame] {
        [
            course?.frame, chain?.frame, breakdown?.frame, breakdown?.map?.frame, fieldParts?.frame,
            fieldParts?.composition, members?.frame,
        ].compactMap { $0 }
    }
}

/// Its figures among like units, and its lineage.
extension UnitPage {
    var frames: [ChartFrame] {
        (figures?.each.compactMap(\.frame) ?? []) + [lineage].compactMap { $0 }
    }
}

/// The months of the headlines, and the map.
extension HomePage: Pictured {
    var frames: [ChartFrame] { [pasts, map?.map.frame].compactMap { $0 } }
}
