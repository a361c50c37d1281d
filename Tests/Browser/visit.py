"""One reader with one browser window. Every page he opens is inspected, whatever the test is."""

from urllib.parse import urlsplit

from district import SIGN_IN, password

CHINESE, ENGLISH = "zh", "en"
PHONE, DESK = 360, 1280
MINE = "/my"
# Where a day begins, and where signing in leads.
BEGINNING = "/desk"
WAIT_MILLISECONDS = 60_000


class Visit:
    def __init__(self, browser, district, language=CHINESE, width=DESK, script=True):
        self.district = district
        self.language = language
        self.session = None
        self.complaints = []
        self.context = browser.new_context(
            base_url=district.address, java_script_enabled=script,
            viewport={"width": width, "height": 800},
            locale={CHINESE: "zh-CN", ENGLISH: "en-US"}[language])
        self.context.set_default_timeout(WAIT_MILLISECONDS)
        self.page = self.context.new_page()
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("request", self.watch)
        self.page.on("requestfailed", self.miss)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()

    def hear(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(f"console: {message.text}")

    def miss(self, request):
        # Whoever leaves a page early gives up what it was still fetching, such as its icon.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"lost {request.url}: {request.failure}")

    def watch(self, request):
        address = request.url
        if not address.startswith((self.district.address + "/", "data:")):
            self.complaints.append(f"asks another server: {address}")

    def open(self, path, status=200):
        response = self.page.goto(path)
        assert response.status == status, f"{path} answers {response.status}, not {status}"
        self.excuse(status)
        self.inspect()

    def excuse(self, status):
        """The browser complains about the page itself when it is a refusal, as it should."""
        if status != 200:
            self.complaints = [text for text in self.complaints if "Failed to load" not in text]

    def show(self, page):
        """Opens a page that a crawl found, as whoever it was shown to."""
        if page.session is not self.session:
            self.session = page.session
            self.context.clear_cookies()
            self.context.add_cookies([
                {"name": name, "value": value, "url": self.district.address}
                for name, value in (page.session.cookies if page.session else {}).items()])
        self.open(page.address, page.status)

    def sign_in(self, reader, following=MINE):
        """Signs in by the page that whoever is not signed in is led to."""
        self.open(following)
        assert self.path == SIGN_IN, f"{following} is open to everybody"
        self.page.fill('main input[name="name"]', reader)
        self.page.fill('main input[name="password"]', password(reader))
        self.send('main form[method="post"]')
        assert self.path == following, f"signing in led to {self.path}"

    def send(self, form):
        """Presses the first button of a form and inspects the page it leads to."""
        with self.page.expect_navigation():
            self.page.locator(f"{form} button[type=submit]").first.click()
        self.inspect()

    def follow(self, selector):
        """Clicks the first such link that is to be seen and inspects the page it leads to."""
        link = self.page.locator(selector).locator("visible=true").first
        target = link.get_attribute("href")
        with self.page.expect_navigation() as navigation:
            link.click()
        status = navigation.value.status
        assert status == 200, f"the link to {target} answers {status}"
        self.inspect()
        return target

    @property
    def path(self):
        return urlsplit(self.page.url).path

    def count(self, selector):
        return self.page.locator(selector).count()

    def text(self, selector):
        return self.page.locator(selector).first.inner_text().strip()

    def value(self):
        """The value of the figure page that is open, as the program gives it to machines."""
        return self.page.locator("[data-value]").first.get_attribute("data-value")

    def inspect(self):
        """What holds of every page."""
        where = self.page.url
        title = self.page.title().split("·")[0].strip()
        assert title, f"{where} has no title of its own"
        assert self.count("h1") == 1, f"{where} has {self.count('h1')} first headings"
        spoken = self.page.locator("html").get_attribute("lang") or ""
        assert spoken.startswith(self.language), f"{where} is in “{spoken}”"
        hidden = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert hidden <= 0, f"{where} scrolls sideways by {hidden} px"
        assert not self.complaints, f"{where}: " + "; ".join(self.complaints)
