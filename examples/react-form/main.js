import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { StudyForm } from './study-form.tsx';

const language = navigator.language.startsWith('fr') ? 'fr' : 'en';
const onStudy = (study) => console.log(JSON.stringify(study, null, 2));
createRoot(document.getElementById('root')).render(createElement(StudyForm, { language, onStudy }));
