// Every text of the workspace that is not data.
export const words = {
  product: "Warmline",
  user: "User",
  password: "Password",
  logIn: "Log in",
  logOut: "Log out",
  loggedInAs: (name, role) => `${name} is logged in as ${role}.`,
  notReached: "The server cannot be reached. Try again in a moment.",
};
