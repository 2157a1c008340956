// Begins with the session that the browser has, or with the login form.
import { loginForm } from "./login.js";
import { ask, Refused } from "./requests.js";
import { html, render } from "./vendor/lit-html.js";
import { words } from "./words/en.js";

const root = document.getElementById("workspace");

function showLogin(failure = "") {
  render(loginForm(failure, logIn), root);
  root.querySelector("[name=user]").focus();
}

function showUser(me) {
  render(
    html`<main>
      <h1>${words.product}</h1>
      <p role="status">${words.loggedInAs(me.full_name || me.user, me.role)}</p>
      <button @click=${logOut}>${words.logOut}</button>
    </main>`,
    root,
  );
}

async function logIn(user, password) {
  try {
    showUser(await ask("POST", "workspace/login", { user, password }));
  } catch (error) {
    showLogin(error instanceof Refused ? error.message : words.notReached);
  }
}

async function logOut() {
  await ask("POST", "workspace/logout");
  showLogin();
}

async function begin() {
  try {
    showUser(await ask("GET", "api/v1/me"));
  } catch (error) {
    showLogin(error instanceof Refused && error.status === 401 ? "" : words.notReached);
  }
}

begin();
