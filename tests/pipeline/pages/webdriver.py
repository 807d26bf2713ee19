# SPDX-License-Identifier: GPL-3.0-or-later
"""A headless Chromium, driven over the W3C WebDriver protocol by the standard library alone.

A Driver is one chromedriver on a free port of loopback; a Browser is one session of it, with a
profile of its own. Both end when their `with` does.
"""

import http.client
import json
import os
import re
import subprocess
import tempfile

ANSWER_S = 120  # the longest that one command may take

TAB, ENTER = "\ue004", "\ue007"  # as the protocol names keys


class Driver:
    """chromedriver, its own process; ended by its own id."""

    def __init__(self, program, folder):
        self.folder = folder
        self.process = subprocess.Popen(
            [program, "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for line in self.process.stdout:
            told = re.search(r"started successfully on port (\d+)", line)
            if told:
                self.port = int(told[1])
                return
        raise RuntimeError("chromedriver did not start")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()


class Browser:
    """One session. `scripts` false is a reader who has switched them off."""

    def __init__(self, driver, chromium, scripts=True):
        self.http = http.client.HTTPConnection("127.0.0.1", driver.port, timeout=ANSWER_S)
        profile = tempfile.mkdtemp(prefix="profile.", dir=driver.folder)
        arguments = ["--headless=new", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage"]
        arguments += [f"--user-data-dir={profile}", "--force-device-scale-factor=1"]
        arguments += ["--no-sandbox"] if os.geteuid() == 0 else []
        arguments += [] if scripts else ["--blink-settings=scriptEnabled=false"]
        wanted = {
            "browserName": "chrome",
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
            "goog:chromeOptions": {"binary": chromium, "args": arguments},
            "timeouts": {"script": ANSWER_S * 1000},
        }
        self.session = ""
        begun = self.command("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
        self.session = f"/session/{begun['sessionId']}"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.command("DELETE", "")
        self.http.close()

    def command(self, method, path, body=None):
        """The value of the answer; an error of the protocol is one here."""
        payload = None if body is None else json.dumps(body)
        self.http.request(method, self.session + path, payload, {"Content-Type": "application/json"})
        answer = self.http.getresponse()
        value = json.loads(answer.read())["value"]
        if answer.status != 200:
            raise RuntimeError(f"{method} {path}: {value['error']}: {value['message'].splitlines()[0]}")
        return value

    def open(self, address):
        self.command("POST", "/url", {"url": address})

    def run(self, script, *arguments):
        return self.command("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def run_later(self, script, *arguments):
        """The script calls its last argument with the value."""
        return self.command("POST", "/execute/async", {"script": script, "args": list(arguments)})

    def devtools(self, name, **parameters):
        return self.command("POST", "/goog/cdp/execute", {"cmd": name, "params": parameters})

    def log(self, kind):
        """What was written to a log since it was last read."""
        return self.command("POST", "/se/log", {"type": kind})

    def press(self, keys):
        """Each key down and up, in their order."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        source = {"type": "key", "id": "keyboard", "actions": actions}
        self.command("POST", "/actions", {"actions": [source]})

    def resize(self, width, height, mobile=False):
        self.devtools(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile
        )

    def show_as(self, media="", scheme="light"):
        """As on `screen` or in `print`, for a reader who prefers light or dark."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.devtools("Emulation.setEmulatedMedia", media=media, features=features)

    def picture(self):
        """The whole page as PNG, in base64."""
        parameters = {"format": "png", "captureBeyondViewport": True, "optimizeForSpeed": True}
        return self.devtools("Page.captureScreenshot", **parameters)["data"]
