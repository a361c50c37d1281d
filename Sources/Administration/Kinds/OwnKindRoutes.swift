import Core
import Hummingbird
import Ledger
import Web

/// What the organization officer does to make a kind without a file.
func routeOwnKinds(_ router: Routes, _ app: Services) {
    let need = Need.right(.kinds)
    let carried: [String: SentField] = ["revision": .carried]
    router.get("admin/kinds", needs: need, use: ListOwnKinds(app: app).handle)
    let describe = DescribeOwnKind(app: app)
    router.get("admin/kinds/new", needs: need, use: describe.showNew)
    router.post(
        "admin/kinds/new", needs: need,
        fields: ["at": .carried, "confirm": .carried, "pictures": .carried],
        use: describe.make)
    let show = ShowOwnKind(app: app)
    router.get("admin/kinds/:own", needs: need, use: show.handle)
    router.post("admin/kinds/:own/removal", needs: need, fields: [:], use: show.remove)
    router.get("admin/kinds/:own/about", needs: need, use: describe.show)
    router.post(
        "admin/kinds/:own/about", needs: need,
        fields: [
            "revision": .carried, "at": .carried, "confirm": .carried, "pictures": .carried,
        ],
        use: describe.handle)
    let field = ChangeOwnField(app: app)
    router.get("admin/kinds/:own/fields/:field", needs: need, use: field.show)
    router.post(
        "admin/kinds/:own/fields/:field", needs: need,
        fields: [
            "revision": .carried, "required": .carried, "past": .carried, "many": .carried,
        ],
        use: field.handle)
    router.post(
        "admin/kinds/:own/fields/:field/removal", needs: need, fields: [:], use: field.remove)
    router.post("admin/kinds/:own/fields/:field/up", needs: need, fields: [:], use: field.up)
    let figure = ChangeOwnFigure(app: app)
    router.get("admin/kinds/:own/figure", needs: need, use: figure.show)
    router.post("admin/kinds/:own/figure", needs: need, fields: carried, use: figure.handle)
    let trial = TryOwnKind(app: app)
    router.get("admin/kinds/:own/trial", needs: need, use: trial.show)
    router.post("admin/kinds/:own/trial", needs: need, fields: [:], use: trial.handle)
    let send = SendOwnKind(app: app)
    router.get("admin/kinds/:own/sending", needs: need, use: send.show)
    router.post("admin/kinds/:own/sending", needs: need, fields: carried, use: send.handle)
}

/// What the security administrator does: lets it go, or sends it back.
func routeKindReleases(_ router: Routes, _ app: Services) {
    let need = Need.right(.grants)
    let carried: [String: SentField] = ["revision": .carried]
    router.get("admin/kind-releases", needs: need, use: ListOwnKinds(app: app).waiting)
    let release = ReleaseOwnKind(app: app)
    router.get("admin/kind-releases/:own", needs: need, use: release.show)
    router.post(
        "admin/kind-releases/:own", needs: need,
        fields: ["revision": .carried, "overwrite": .carried], use: release.handle)
    router.post(
        "admin/kind-releases/:own/return", needs: need, fields: carried, use: release.sendBack)
}
